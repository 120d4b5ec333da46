import { isAbsorbed, jumpSpans } from '../../src/allocation/jump-spans.js';
import { rewardJump, type RewardSpans } from '../../src/allocation/reward-jump.js';
import type { Moments } from '../../src/statistics/moments.js';
import { Draws } from '../statistics/bars/draws.js';
import { binaryMoments } from '../statistics/bars/unit-data.js';
import { metricWith } from './fixtures.js';

const variants = ['a', 'b', 'c'];
const metric = metricWith();
const spans = (
  recent: readonly Moments[],
  past: readonly Moments[],
  changes: Partial<RewardSpans> = {},
): RewardSpans => ({
  variants,
  recent: [{ metric, moments: recent, received: [] }],
  past: [{ metric, moments: past, received: [] }],
  number: 10,
  looks: 24,
  ...changes,
});
const past = [binaryMoments(700, 7000), binaryMoments(770, 7000), binaryMoments(1050, 7000)];
const steady = [binaryMoments(100, 1000), binaryMoments(110, 1000), binaryMoments(150, 1000)];

describe('rewardJump', () => {
  it('sees the variant whose rewards jumped, and which way', () => {
    const jumped = rewardJump(spans([binaryMoments(250, 1000), ...steady.slice(1)], past));
    expect(jumped).toMatchObject({ variant: 'a', metric: 'task_completed', recentUnits: 1000 });
    expect(jumped?.jump).toBeCloseTo(0.15, 2);
    expect(jumped?.sentence).toContain('of a rose by 0.15');
  });

  it('sees none where nothing moves, or all variants move alike', () => {
    expect(rewardJump(spans(steady, past))).toBeNull();
    const risen = [200, 210, 250].map((successes) => binaryMoments(successes, 1000));
    expect(rewardJump(spans(risen, past))).toBeNull();
  });

  it('asks for more the more often it has looked', () => {
    const recent = [binaryMoments(155, 1000), ...steady.slice(1)];
    expect(rewardJump(spans(recent, past, { number: 1, looks: 1 }))).not.toBeNull();
    expect(rewardJump(spans(recent, past, { number: 400, looks: 24 }))).toBeNull();
  });

  it('does not take a few units, or units without a past, for a jump', () => {
    expect(rewardJump(spans([binaryMoments(20, 20), ...steady.slice(1)], past))).toBeNull();
    expect(
      rewardJump(spans([binaryMoments(900, 1000), ...steady.slice(1)], past.with(0, binaryMoments(0, 0)))),
    ).toBeNull();
  });

  it('takes equal votes for as uncertain as the past was', () => {
    // 30 units that all agree have no variance of their own; with the past's they are far, but not beyond any chance.
    expect(
      rewardJump(spans([binaryMoments(0, 30), ...steady.slice(1)], past, { number: 1, looks: 1 })),
    ).toBeNull();
  });

  it('alarms for hardly any of the experiments in which nothing jumps', () => {
    const draws = new Draws(11);
    let alarms = 0;
    for (let experiment = 0; experiment < 200; experiment += 1) {
      const days = Array.from({ length: 30 }, () =>
        variants.map(() => binaryMoments(draws.binomial(300, 0.1), 300)),
      );
      const jumped = days.some((recent, day) => {
        if (day < 8) return false;
        const before = variants.map((_, place) => {
          const successes = days
            .slice(day - 7, day)
            .reduce((sum, each) => sum + (each[place]?.valueSum ?? 0), 0);
          return binaryMoments(successes, 2100);
        });
        return rewardJump(spans(recent, before, { number: day + 1, looks: 1 })) !== null;
      });
      alarms += jumped ? 1 : 0;
    }
    // At most 1 in 1,000 by design; more than 3 of 200 would have a chance of 1 in 20,000.
    expect(alarms).toBeLessThanOrEqual(3);
  });
});

describe('jumpSpans', () => {
  const started = new Date('2026-01-05T00:00:00Z');
  const end = new Date('2026-02-01T00:00:00Z');

  it('compares a day with the week before it', () => {
    expect(jumpSpans(end, started, 'P7D')).toEqual({
      recentFrom: new Date('2026-01-31T00:00:00Z'),
      pastFrom: new Date('2026-01-24T00:00:00Z'),
      number: 27,
      looks: 1,
    });
  });

  it('looks at 24 hours, minutes or seconds at a time where the window is short', () => {
    expect(jumpSpans(end, started, 'P1D')).toMatchObject({
      recentFrom: new Date('2026-01-31T00:00:00Z'),
      looks: 24,
    });
    expect(jumpSpans(end, started, 'PT10M').recentFrom).toEqual(new Date('2026-01-31T23:36:00Z'));
  });

  it('takes a jump that was accepted for absorbed once the week of comparison lies after it', () => {
    expect(isAbsorbed(null, end, 'P7D')).toBe(true);
    expect(isAbsorbed(end, new Date('2026-02-09T23:59:59Z'), 'P7D')).toBe(false);
    expect(isAbsorbed(end, new Date('2026-02-10T00:00:00Z'), 'P7D')).toBe(true);
  });
});
