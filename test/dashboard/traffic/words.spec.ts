import type { RampStateView, ReportView, SpendView } from '../../../src/dashboard/web/api/contract.js';
import { banditSteps, banditSummary } from '../../../src/dashboard/web/experiment/traffic/bandit-steps.js';
import { banditFacts, causeWords } from '../../../src/dashboard/web/experiment/traffic/cause-words.js';
import { rampSteps, rampSummary } from '../../../src/dashboard/web/experiment/traffic/ramp-words.js';
import { riverEnd } from '../../../src/dashboard/web/experiment/traffic/river-words.js';
import { rolloutSteps, rolloutSummary } from '../../../src/dashboard/web/experiment/traffic/rollout-words.js';
import { shareSummary } from '../../../src/dashboard/web/experiment/traffic/share-rows.js';
import { spanWords } from '../../../src/dashboard/web/experiment/traffic/span-words.js';
import {
  budgetBars,
  exhaustedWords,
  spendSummary,
} from '../../../src/dashboard/web/experiment/traffic/spend-words.js';
import { decisionOf, epochOf } from './epochs.js';

describe('the cause of an epoch in words', () => {
  it('says who and why', () => {
    expect(causeWords(epochOf({ cause: 'weights', evidence: { actor: 'person:ana' } }))).toBe(
      'Ana set the weights',
    );
    expect(causeWords(epochOf({ cause: 'guardrail', evidence: { reason: 'too many errors' } }))).toBe(
      'A guardrail moved the weights: too many errors',
    );
    expect(causeWords(epochOf({ cause: 'ramp', coverage: 25 }))).toBe('The ramp raised coverage to 25%');
    expect(causeWords(epochOf({ cause: 'rollout', evidence: { winner: 'b', percent: 75 } }))).toBe(
      'The rollout took b to 75%',
    );
  });

  it('stands evidence of any form', () => {
    expect(causeWords(epochOf({ cause: 'weights', evidence: { actor: 7, reason: null } }))).toBe(
      'A person set the weights',
    );
    expect(causeWords(epochOf({ cause: 'rollout', evidence: { percent: 'much' } }))).toBe(
      'The rollout took the winner to its next stage',
    );
  });

  it('has what a bandit knew of each variant', () => {
    const evidence = {
      units: { a: 120, b: 118 },
      means: { a: 3.9, b: 4.1 },
      probabilityBest: { a: 0.2, b: 0.8 },
    };
    expect(banditFacts({ evidence })).toEqual([
      { variant: 'a', units: 120, mean: 3.9, probabilityBest: 0.2 },
      { variant: 'b', units: 118, mean: 4.1, probabilityBest: 0.8 },
    ]);
    expect(banditFacts({ evidence: { reason: 'by hand' } })).toEqual([]);
  });
});

describe('the steps of a bandit', () => {
  const moved = epochOf({
    cause: 'bandit',
    evidence: { probabilityBest: { control: 0.25, treatment: 0.75 } },
  });

  it('are the epochs that it opened knowing the chances; burn-in has none', () => {
    const epochs = [epochOf(), epochOf({ cause: 'bandit', evidence: { units: { control: 3 } } }), moved];
    expect(banditSteps(epochs, ['control', 'treatment']).map(({ shares }) => shares)).toEqual([[0.25, 0.75]]);
  });

  it('are summed up with the freeze that holds now', () => {
    const steps = banditSteps([moved], ['control', 'treatment']);
    const freeze = decisionOf({ actor: 'bandit', action: 'freeze', reason: 'the reward of b jumped' });
    expect(banditSummary(steps, ['control', 'treatment'], [])).toBe(
      '1 step has moved the weights. At the last, treatment was the best with a probability of 75%.',
    );
    expect(banditSummary(steps, ['control', 'treatment'], [freeze])).toContain('It holds the weights since');
    const thaw = decisionOf({ actor: 'bandit', action: 'unfreeze' });
    expect(banditSummary(steps, ['control', 'treatment'], [thaw, freeze])).not.toContain('holds');
  });
});

describe('a ramp in words', () => {
  const view: RampStateView = {
    experiment: 'e',
    state: 'running',
    coverage: 5,
    next: { after: 'P2D', coverage: 10 },
    dueAt: null,
    remainingMilliseconds: null,
    waitsFor: [],
  };

  it('says what the next step waits for, all of it', () => {
    const waitsFor: RampStateView['waitsFor'] = [
      { condition: 'units', units: 800, needed: 1_000 },
      { condition: 'approval', coverage: 10 },
      { condition: 'obstacle', code: 'SRM', reason: 'the split is broken', evidence: {} },
    ];
    expect(rampSummary({ ...view, waitsFor })).toBe(
      "At 5%. For 10% it waits for units: 800 of 1,000, and for a person's approval, and because the split is broken.",
    );
  });

  it('says how long is left while a person holds it', () => {
    expect(rampSummary({ ...view, state: 'held', remainingMilliseconds: 5_400_000 })).toBe(
      'A person holds the ramp at 5%, with 1.5 hours left to its next step.',
    );
  });

  it('tells steps taken from the next and those to come', () => {
    const ramp = [
      { after: 'P0D', coverage: 5 },
      { after: 'P2D', coverage: 10, units: 1_000 },
      { after: 'P5D', coverage: 100, approval: true },
    ];
    const startedAt = '2026-01-05T00:00:00.000Z';
    const steps = rampSteps({ ramp, coverage: 5, startedAt }, [epochOf({ coverage: 5, startedAt })]);
    expect(steps.map(({ state }) => state)).toEqual(['done', 'now', 'later']);
    expect(steps[0]!.note).toMatch(/^since /);
    expect(steps.slice(1).map(({ note }) => note)).toEqual([
      '2 days after the start, from 1,000 units on',
      '5 days after the start, once a person approves',
    ]);
    expect(rampSteps({ ramp, coverage: 100, startedAt: null }, []).map(({ state }) => state)).toEqual([
      'later',
      'later',
      'later',
    ]);
  });
});

describe('a rollout in words', () => {
  const rollout = {
    winner: 'b',
    remainder: 'control',
    stages: [{ percent: 75, hold: 'PT24H' }, { percent: 100 }],
    stage: 0,
    paused: false,
    remainingHold: null,
    weightsBefore: {},
  } as const;

  it('says where it is and what stops it', () => {
    expect(rolloutSummary(rollout, null)).toBe(
      'b is at 75%; the rest goes to control. 100% comes next, unless harm takes it back.',
    );
    expect(rolloutSummary({ ...rollout, paused: true, remainingHold: 7_200_000 }, null)).toContain(
      'A person paused the rollout, with 2 hours of this stage left.',
    );
    expect(rolloutSteps(rollout)).toEqual([
      { title: '75%', note: 'held for 24 hours', state: 'now' },
      { title: '100%', note: 'ships b', state: 'later' },
    ]);
  });
});

describe('spending in words', () => {
  const spend: SpendView = {
    spent: 30,
    today: 8,
    forecast: { perDay: 20, exhaustedAt: '2026-01-06T00:00:00.000Z', todayExhaustedAt: null },
    budget: { total: 50, perDay: 40, action: 'pause' },
  };

  it('holds each bound against what is spent of it', () => {
    expect(budgetBars(spend).map(({ spent, bound }) => [spent, bound])).toEqual([
      [30, 50],
      [8, 40],
    ]);
    expect(budgetBars({ ...spend, budget: null })).toEqual([]);
    expect(exhaustedWords({ name: '', spent: 8, bound: 40, exhaustedAt: null })).toBe('not spent in sight');
    expect(exhaustedWords({ name: '', spent: 40, bound: 40, exhaustedAt: null })).toBe('spent');
  });

  it('says what happens then, and that nothing does without a budget', () => {
    expect(spendSummary(spend)).toBe(
      '$30 so far, $8 today. At the rate of the last day that is $20 a day. Once a bound is spent everyone is served the fallback until a person resumes.',
    );
    expect(spendSummary({ ...spend, budget: null })).toContain('nothing stops it');
  });
});

describe('units against their target', () => {
  const report = (mismatch: boolean) =>
    ({
      health: { exposed: 10_000, srm: { pValue: 0.4, eValue: 0.2, mismatch } },
      variants: [
        { key: 'a', units: 5_010, share: 0.501, expected: 0.5 },
        { key: 'b', units: 4_990, share: 0.499, expected: 0.5 },
      ],
    }) as unknown as ReportView;

  it('name the furthest, and whether the split can be trusted', () => {
    expect(shareSummary(report(false))).toBe(
      '10,000 units. The furthest from its target is a: 50.1% for 50%. The split fits the weights.',
    );
    expect(shareSummary(report(true))).toContain('does not fit the weights');
  });
});

describe('the end of a river', () => {
  it('is now while it runs, and soon after the last change once it is over', () => {
    expect(riverEnd('running', [0, 1_000], 5_000_000)).toBe(5_000_000);
    // 5 % of 100 days beyond the last change.
    const day = 86_400_000;
    expect(riverEnd('archived', [0, 100 * day], 900 * day)).toBe(105 * day);
  });
});

describe('a span in words', () => {
  it('has one digit where it is short', () => {
    expect(spanWords(5_400_000)).toBe('1.5 hours');
    expect(spanWords(40 * 86_400_000)).toBe('40 days');
    expect(spanWords(400)).toBe('0 seconds');
  });
});
