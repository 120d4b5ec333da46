import { banditStanding } from '../../src/allocation/allocation-history.js';
import { banditStep, type BanditStep, type BanditView } from '../../src/allocation/bandit-step.js';
import { reallocationChange } from '../../src/allocation/reallocation-change.js';
import type { Bandit } from '../../src/experiments/allocation.js';
import type { RecordedDecision } from '../../src/experiments/decision.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';
import { binaryMoments, metricWith, momentsOf } from './fixtures.js';

function view(bandit: Partial<Bandit> = {}, changes: Partial<BanditView> = {}): BanditView {
  return {
    variants: ['control', 'a', 'b'],
    bandit: {
      mode: 'bandit',
      reward: 'task_completed',
      floor: 0.01,
      every: 'PT1H',
      burnIn: { unitsPerVariant: 50 },
      ...bandit,
    },
    metric: metricWith(),
    moments: [binaryMoments(50, 500), binaryMoments(60, 500), binaryMoments(120, 500)],
    present: [1 / 3, 1 / 3, 1 / 3],
    ...changes,
  };
}

const jump = {
  variant: 'b',
  metric: 'task_completed',
  jump: 0.2,
  standardError: 0.02,
  bound: 5,
  recentUnits: 500,
  pastUnits: 900,
  sentence: 'the task_completed of b rose',
};
const at = (hour: number): Date => new Date(Date.UTC(2026, 1, 1, hour));
const decided = (action: string, hour: number): RecordedDecision => ({
  actor: 'bandit',
  action,
  reason: '',
  evidence: {},
  at: at(hour),
});
const nothing = banditStanding([]);
const alone = (root: BanditStep) => ({ root, leaves: [], opened: [] });

describe('a search for the best variant', () => {
  it('gives the leader and its rivals equal parts until it is sure', () => {
    const moments = [binaryMoments(50, 500), binaryMoments(60, 500), binaryMoments(65, 500)];
    const search = banditStep(view({ objective: 'best-variant' }, { moments }));
    const earning = banditStep(view({}, { moments }));
    expect(search).toMatchObject({ outcome: 'moved', evidence: { search: { found: false } } });
    expect(search.weights?.['b']).toBeLessThan(0.52);
    expect(earning.weights?.['b']).toBeGreaterThan(search.weights?.['b'] ?? 1);
  });

  it('recommends the best variant once it is, and lets the weights stay', () => {
    const moments = [binaryMoments(100, 1000), binaryMoments(110, 1000), binaryMoments(240, 1000)];
    const step = banditStep(view({ objective: 'best-variant' }, { moments, delta: 0.01 }));
    expect(step).toMatchObject({ outcome: 'recommended', weights: null, evidence: { bestVariant: 'b' } });
    expect(step.reason).toContain('b is the best variant');
    expect(reallocationChange(experimentWith(), alone(step), nothing, 'bandit')).toMatchObject({
      decision: { action: 'recommend' },
      patch: {},
    });
    const again = banditStanding([decided('recommend', 2), decided('allocate: bandit', 1)]);
    expect(reallocationChange(experimentWith(), alone(step), again, 'bandit')).toBeNull();
  });

  it('searches means too, and never ends on units that happen to agree', () => {
    const few = metricWith({ min: 1, max: 5 });
    const same = [4, 4.5].map((value) => momentsOf(Array.from({ length: 60 }, () => value)));
    const step = banditStep(
      view(
        { objective: 'best-variant' },
        { variants: ['control', 'a'], metric: few, moments: same, present: [0.5, 0.5] },
      ),
    );
    // Sixty equal votes on either side: the spread of both together is all there is, and it is known.
    expect(step.evidence['search']).toMatchObject({ logLikelihoodRatio: expect.any(Number) });
    expect((step.evidence['search'] as { logLikelihoodRatio: number }).logLikelihoodRatio).toBeLessThan(
      Infinity,
    );
  });
});

describe('a jump', () => {
  it('holds the weights, and is recorded once', () => {
    const step = banditStep(view({}, { jump }));
    expect(step).toMatchObject({ outcome: 'frozen', weights: null, evidence: { jump: { variant: 'b' } } });
    expect(reallocationChange(experimentWith(), alone(step), nothing, 'bandit')).toMatchObject({
      decision: { action: 'freeze', reason: expect.stringContaining('b rose') },
    });
    const frozen = banditStanding([decided('freeze', 3)]);
    expect(reallocationChange(experimentWith(), alone(step), frozen, 'bandit')).toBeNull();
  });

  it('that is over lets the weights move again, and that is recorded', () => {
    const frozen = banditStanding([decided('freeze', 3)]);
    expect(reallocationChange(experimentWith(), alone(banditStep(view())), frozen, 'bandit')).toMatchObject({
      decision: { action: 'unfreeze' },
      epoch: { cause: 'bandit' },
    });
    const present = Object.values(banditStep(view()).weights ?? {});
    expect(
      reallocationChange(experimentWith(), alone(banditStep(view({}, { present }))), frozen, 'bandit'),
    ).toMatchObject({ decision: { action: 'unfreeze' } });
  });

  it('is let pass by a person who sets the bandit going again', () => {
    const standing = banditStanding([
      decided('allocate: bandit', 5),
      decided('freeze', 3),
      decided('allocate: bandit', 1),
    ]);
    expect(standing).toEqual({
      frozen: false,
      recommended: false,
      acceptedAt: at(5),
      allocatedAt: at(5),
    });
    expect(banditStanding([decided('allocate: bandit', 1)]).acceptedAt).toBeNull();
  });
});

describe('other choices', () => {
  it('move no share by more than the largest step, and say where they would have gone', () => {
    const step = banditStep(view({ maximumStep: 0.1 }));
    expect(Math.max(...Object.values(step.weights ?? {}))).toBeCloseTo(1 / 3 + 0.1, 10);
    expect(step.evidence).toMatchObject({ maximumStep: 0.1, weightsWithoutLimit: expect.any(Object) });
  });

  it('reserve control its share even when it is surely the worst', () => {
    const step = banditStep(view({ controlShare: 0.2 }, { control: 'control' }));
    expect(step.weights?.['control']).toBeGreaterThanOrEqual(0.2);
    expect(step.weights?.['control']).toBeLessThan(0.201);
  });

  it('leave out a variant that may get no units, and share everything among the rest', () => {
    const step = banditStep(view({}, { excluded: ['b'], present: [0.5, 0.5, 0] }));
    expect(step.weights).toMatchObject({ b: 0 });
    expect((step.weights?.['a'] ?? 0) + (step.weights?.['control'] ?? 0)).toBe(1);
    expect(step.evidence).toMatchObject({ excluded: ['b'] });
  });

  it('believe what discounted units say, and show how many they are worth', () => {
    const moments = [binaryMoments(50, 500), binaryMoments(60, 500), binaryMoments(120, 500)];
    const turned = [binaryMoments(24, 100), binaryMoments(12, 100), binaryMoments(10, 100)];
    const discounted = {
      rewards: [{ metric: metricWith(), moments: turned, received: [500, 500, 500] }],
      drift: { fired: true, pValue: 1e-6, tests: 2 },
    };
    const step = banditStep(view({ discount: 'on-drift' }, { moments, discounted }));
    expect(step.weights?.['control']).toBeGreaterThan(0.9);
    expect(step.evidence).toMatchObject({
      units: { control: 500 },
      effectiveUnits: { control: 100 },
      drift: { fired: true },
    });
  });
});
