import { discountedRewards } from '../../src/allocation/discounted-rewards.js';
import { rewardDrift } from '../../src/allocation/reward-drift.js';
import { unitMean } from '../../src/statistics/welch.js';
import { Draws } from '../statistics/bars/draws.js';
import { binaryMoments, metricWith } from './fixtures.js';

const variants = ['control', 'treatment'];
const metric = metricWith({ kind: 'proportion' });
const day = (number: number) =>
  new Date(Date.UTC(2026, 0, 5) + number * 86_400_000).toISOString().slice(0, 10);
const total = (variant: string, epoch: number, when: number, successes: number, units: number) => ({
  variant,
  metric: metric.key,
  epoch,
  day: day(when),
  moments: binaryMoments(successes, units),
});

describe('discountedRewards', () => {
  it('counts the last part fully and each one before it by 0.99 less', () => {
    const totals = [
      total('control', 1, 0, 10, 100),
      total('control', 1, 1, 20, 100),
      total('control', 2, 1, 30, 100),
    ];
    const [rewards] = discountedRewards(variants, [metric], { totals, exposed: [] });
    expect(rewards?.moments[0]?.units).toBeCloseTo(100 * (1 + 0.99 + 0.99 ** 2), 10);
    expect(rewards?.moments[0]?.valueSum).toBeCloseTo(30 + 20 * 0.99 + 10 * 0.99 ** 2, 10);
    expect(rewards?.received).toEqual([300, 0]);
    expect(rewards?.moments[1]?.units).toBe(0);
  });

  it('leaves the mean of a steady history as it is', () => {
    const totals = Array.from({ length: 20 }, (_, when) => total('treatment', 1, when, 15, 100));
    const [rewards] = discountedRewards(variants, [metric], { totals, exposed: [] });
    expect(unitMean(rewards?.moments[1] ?? binaryMoments(0, 0))).toMatchObject({
      value: expect.closeTo(0.15, 12),
    });
  });

  it('discounts exposed units that count as zero with their part', () => {
    const [rewards] = discountedRewards(variants, [{ ...metric, missing: 'zero' }], {
      totals: [total('control', 1, 0, 10, 10)],
      exposed: [
        { variant: 'control', epoch: 1, day: day(0), units: 40 },
        { variant: 'control', epoch: 1, day: day(1), units: 30 },
      ],
    });
    expect(rewards?.moments[0]?.units).toBeCloseTo(40 * 0.99 + 30, 10);
    expect(rewards?.moments[0]?.valueSum).toBeCloseTo(10 * 0.99, 10);
  });
});

describe('rewardDrift', () => {
  const weeks = (treatment: (week: number) => number, both = () => 0) => {
    const draws = new Draws(5);
    return Array.from({ length: 28 }, (_, when) => {
      const week = Math.floor(when / 7);
      return [
        total('control', 1, when, draws.binomial(200, 0.2 + both() * week), 200),
        total('treatment', 1, when, draws.binomial(200, treatment(week) + both() * week), 200),
      ];
    }).flat();
  };
  const exposedOf = (totals: ReturnType<typeof weeks>) =>
    totals.map(({ variant, epoch, day: when, moments }) => ({
      variant,
      epoch,
      day: when,
      units: moments.units,
    }));
  const asked = { variants, control: 'control', metrics: [metric], periods: [{ epochs: [1], weights: {} }] };
  const driftIn = (totals: ReturnType<typeof weeks>) =>
    rewardDrift(asked, { totals, exposed: exposedOf(totals) });

  it('fires where a difference changes from week to week', () => {
    expect(driftIn(weeks((week) => 0.35 - 0.1 * week))).toMatchObject({ fired: true, tests: 1 });
  });

  it('does not fire where differences stay, though everyone moves', () => {
    expect(driftIn(weeks(() => 0.3))).toMatchObject({ fired: false });
    expect(
      driftIn(
        weeks(
          () => 0.3,
          () => 0.1,
        ),
      ),
    ).toMatchObject({ fired: false });
  });

  it('says that it cannot tell before there are two whole weeks', () => {
    expect(driftIn(weeks(() => 0.3).slice(0, 20))).toEqual({ fired: false, pValue: null, tests: 1 });
  });
});
