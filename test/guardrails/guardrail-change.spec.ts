import fc from 'fast-check';
import { paused, rolledBack, weightsWithout, zeroed } from '../../src/guardrails/guardrail-change.js';
import { experimentWith, variant } from '../bucketing/experiment-fixtures.js';

const seen = experimentWith({ variants: ['control', 'b', 'c', 'd'].map((key) => variant(key)) });
const now = new Date('2026-02-01T00:00:00Z');
const harm = { seen, reason: 'c: mean error is above 0.1', evidence: {}, now };
const weights = { control: 0.4, b: 0.2, c: 0.3, d: 0.1 };
const rollout = {
  winner: 'c',
  remainder: 'others',
  stages: [{ percent: 75, hold: 'PT24H' }, { percent: 100 }],
  stage: 0,
  paused: false,
  remainingHold: null,
  weightsBefore: weights,
} as const;
const rolling = experimentWith({ ...seen, status: 'rolling-out', phase: 1, rollout });

describe('zeroed', () => {
  it('gives the others what the variant had, in proportion', () => {
    const change = zeroed(harm, new Set(['c']), weights);
    expect(change).toMatchObject({
      patch: {},
      decision: { actor: 'guardrail', action: 'zero', evidence: { weightsBefore: weights } },
      epoch: { cause: 'guardrail' },
    });
    const after = change.epoch?.weights ?? {};
    expect(after['control']).toBeCloseTo(4 / 7, 12);
    expect(after['b']).toBeCloseTo(2 / 7, 12);
    expect(after['c']).toBe(0);
  });

  it('takes the variant out of every leaf', () => {
    const leaf = { segment: 'language=de', weights: { control: 0.1, b: 0.1, c: 0.8, d: 0 } };
    const [first] = zeroed(harm, new Set(['c']), weights, [leaf]).leaves ?? [];
    expect(first).toMatchObject({
      segment: 'language=de',
      cause: 'guardrail',
      weights: { control: 0.5, b: 0.5, c: 0, d: 0 },
      evidence: { weightsBefore: leaf.weights },
    });
  });

  it('pauses where control is among them', () => {
    expect(zeroed(harm, new Set(['c', 'control']), weights)).toMatchObject({
      patch: { status: 'paused' },
      decision: {
        reason: expect.stringMatching(/^control cannot be left without units.*mean error is above 0.1$/),
      },
    });
  });

  it('takes the rollout back where its winner is among them, and leaves the rollout alone where not', () => {
    expect(zeroed({ ...harm, seen: rolling }, new Set(['c']), weights)).toMatchObject({
      patch: { status: 'paused', rollout: null },
      epoch: { cause: 'abort' },
    });
    expect(zeroed({ ...harm, seen: rolling }, new Set(['d']), weights)).toMatchObject({
      patch: {},
      epoch: { cause: 'guardrail', weights: { d: 0 } },
    });
  });
});

describe('weightsWithout', () => {
  it('always sums to exactly 1, keeps the order of the others and gives the removed nothing', () => {
    const keys = seen.variants.map(({ key }) => key);
    const anyWeights = fc.tuple(...keys.map(() => fc.double({ min: 0, max: 1, noNaN: true })));
    fc.assert(
      fc.property(anyWeights, fc.subarray(['b', 'c', 'd']), (values, removed) => {
        const before = Object.fromEntries(keys.map((key, index) => [key, values[index] ?? 0]));
        const after = weightsWithout(seen, new Set(removed), before);
        expect(Object.values(after).reduce((sum, weight) => sum + weight, 0)).toBe(1);
        for (const key of removed) expect(after[key]).toBe(0);
        const rest = keys.filter((key) => !removed.includes(key) && key !== 'control');
        for (const one of rest)
          for (const other of rest)
            if ((before[one] ?? 0) > (before[other] ?? 0))
              expect(after[one] ?? 0).toBeGreaterThanOrEqual((after[other] ?? 0) - 1e-12);
      }),
    );
  });

  it('falls to control where no other variant has any', () => {
    expect(weightsWithout(seen, new Set(['b']), { b: 1 })).toEqual({ control: 1, b: 0, c: 0, d: 0 });
  });
});

describe('rolledBack', () => {
  it('pauses a test with all weight on control, and ends its bandit', () => {
    expect(rolledBack(harm)).toMatchObject({
      patch: { status: 'paused', allocation: { mode: 'fixed' } },
      decision: { action: 'roll back' },
      epoch: { cause: 'guardrail', weights: { control: 1, b: 0, c: 0, d: 0 } },
      due: [{ kind: 'bandit', at: null }],
    });
  });

  it('aborts a rollout', () => {
    expect(rolledBack({ ...harm, seen: rolling })).toMatchObject({ decision: { action: 'abort rollout' } });
    expect(paused({ ...harm, seen: rolling })).toMatchObject({ decision: { action: 'abort rollout' } });
  });
});
