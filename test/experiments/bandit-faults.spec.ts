import type { Bandit } from '../../src/experiments/allocation.js';
import { banditFaults, comparedInLeaves } from '../../src/experiments/bandit-faults.js';
import type { Experiment } from '../../src/experiments/experiment.js';
import { allocation as schema } from '../../src/experiments/experiment.schema.js';
import { meanConstraint, rewardedMetrics, rewardIndicators } from '../../src/experiments/reward-metrics.js';
import { metricWith } from '../allocation/fixtures.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';

const metrics = [
  metricWith({ key: 'user_rating' }),
  metricWith({ key: 'cost_usd', direction: 'decrease' }),
  metricWith({ key: 'p95', kind: 'quantile', direction: 'decrease' }),
  metricWith({ key: 'cost_per_token', kind: 'ratio', direction: 'decrease' }),
];
const metricOf = (key: string) => metrics.find((metric) => metric.key === key);
const bandit = (changes: object): Bandit => {
  const read = schema.parse({ mode: 'bandit', reward: 'user_rating', ...changes });
  if (read.mode !== 'bandit') throw new Error('It is a bandit.');
  return read;
};
const faultsOf = (changes: object) =>
  banditFaults({ ...experimentWith(), allocation: bandit(changes) }, metricOf);

describe('banditFaults', () => {
  it.each([
    [{}],
    [{ reward: { utility: { user_rating: 1, cost_usd: -20 } }, objective: 'best-variant' }],
    [{ reward: { maximise: 'cost_usd', subjectTo: [{ metric: 'user_rating', atLeast: 4 }] } }],
    [{ reward: { utility: { user_rating: 1e6, cost_usd: -1e-9 } } }],
    [{ controlShare: 0.9, floor: 0.05, maximumStep: 0.05, discount: 'on-drift', onJump: 'ignore' }],
  ])('finds none in %j', (changes) => {
    expect(faultsOf(changes)).toEqual([]);
  });

  it.each([
    [{ controlShare: 0.9, floor: 0.1 }, '/allocation/controlShare', 'leaves nothing'],
    [{ reward: { utility: { cost_usd: 20 } } }, '/allocation/reward/utility/cost_usd', 'use -20'],
    [
      { reward: { utility: { user_rating: 0 } } },
      '/allocation/reward/utility/user_rating',
      'leave the metric out',
    ],
    [
      { reward: { utility: { user_rating: 1e308, cost_usd: -1 } } },
      '/allocation/reward/utility/user_rating',
      'the weight 1e+308 is of no size between 1e-9 and 1000000',
    ],
    [
      { reward: { utility: { user_rating: 1, cost_usd: -1e-308 } } },
      '/allocation/reward/utility/cost_usd',
      'the weight -1e-308 is',
    ],
    [{ reward: { utility: { p95: -1 } } }, '/allocation/reward/utility/p95', 'has to be a mean'],
    [
      { reward: { maximise: 'user_rating', subjectTo: [{ metric: 'p95', atMost: 1500 }] } },
      '/allocation/reward/subjectTo/0/metric',
      'with "quantile" beside it',
    ],
    [
      {
        reward: {
          maximise: 'user_rating',
          subjectTo: [{ metric: 'cost_per_token', quantile: 0.9, atMost: 1 }],
        },
      },
      '/allocation/reward/subjectTo/0/quantile',
      'is a ratio',
    ],
    [
      {
        objective: 'best-variant',
        reward: { maximise: 'user_rating', subjectTo: [{ metric: 'cost_usd', atMost: 1 }] },
      },
      '/allocation/objective',
      'knows no conditions',
    ],
  ])('names what is wrong with %j', (changes, pointer, words) => {
    expect(faultsOf(changes)).toEqual([{ pointer, message: expect.stringContaining(words) }]);
  });
});

describe('the allocation that is sent', () => {
  it('is kept as it was written, so that what was registered in code before stays the same', () => {
    expect(bandit({})).toEqual({
      mode: 'bandit',
      reward: 'user_rating',
      floor: 0.01,
      every: 'PT1H',
      burnIn: { unitsPerVariant: 100 },
    });
  });

  it.each([
    [{ maximumStep: 0 }],
    [{ controlShare: 1 }],
    [{ discount: 'always' }],
    [{ reward: { utility: {} } }],
    [{ reward: { maximise: 'user_rating', subjectTo: [] } }],
    [{ reward: { maximise: 'user_rating', subjectTo: [{ metric: 'cost_usd' }] } }],
    [{ burnIn: { hours: -1 } }],
  ])('is refused as %j', (changes) => {
    expect(schema.safeParse({ mode: 'bandit', reward: 'user_rating', ...changes }).success).toBe(false);
  });
});

describe('the metrics of a reward', () => {
  const reward = {
    maximise: 'user_rating',
    subjectTo: [
      { metric: 'ttft_ms', quantile: 0.95, atMost: 1500 },
      { metric: 'answer_tokens', quantile: 0.05, atLeast: 10 },
      { metric: 'cost_usd', atMost: 0.02 },
    ],
  };

  it('are what is raised and what is bounded, a quantile by its indicator', () => {
    expect(rewardedMetrics(reward)).toEqual(['user_rating', 'ttft_ms>1500', 'answer_tokens<10', 'cost_usd']);
    expect(rewardIndicators(bandit({ reward }))).toEqual(['ttft_ms>1500', 'answer_tokens<10']);
    expect(rewardIndicators({ mode: 'fixed' })).toEqual([]);
  });

  it('are bounded as means: at most 5 % beyond the 95th percentile or the 5th', () => {
    expect(reward.subjectTo.map(meanConstraint)).toEqual([
      { metric: 'ttft_ms>1500', side: 'atMost', bound: 0.05 },
      { metric: 'answer_tokens<10', side: 'atMost', bound: 0.05 },
      { metric: 'cost_usd', side: 'atMost', bound: 0.02 },
    ]);
  });
});

describe('segments', () => {
  const segments = { attributes: ['language', 'plan'] };
  const relative = [{ metric: 'latency_ms', worseThanControlBy: 0.1, action: 'pause' as const }];
  const pointersOf = (changes: Partial<Bandit>, others: Partial<Experiment> = {}) =>
    banditFaults(
      { ...experimentWith(others), allocation: bandit({ segments, ...changes }) },
      () => undefined,
    ).map(({ pointer }) => pointer);

  it('are taken as they are', () => {
    expect(pointersOf({})).toEqual([]);
  });

  it.each([
    [
      'an attribute named twice',
      { segments: { attributes: ['plan', 'plan'] } },
      {},
      '/segments/attributes/1',
    ],
    ['ranges instead of slots', {}, { hash: 'md5-v1' as const }, '/segments'],
    ['a search for one best variant', { objective: 'best-variant' as const }, {}, '/segments'],
    ['a guardrail that compares with control', {}, { guardrails: relative }, '/segments'],
  ])('are refused with %s', (_what, changes, others, pointer) => {
    expect(pointersOf(changes, others)).toEqual([`/allocation${pointer}`]);
  });

  it('are what keeps such a guardrail out, and nothing else does', () => {
    expect(comparedInLeaves(bandit({ segments }), relative)).toEqual([
      expect.stringContaining('the guardrail on latency_ms compares with control'),
    ]);
    expect(comparedInLeaves(bandit({}), relative)).toEqual([]);
    expect(comparedInLeaves({ mode: 'fixed' }, relative)).toEqual([]);
  });
});
