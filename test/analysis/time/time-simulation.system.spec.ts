import { timeWarnings } from '../../../src/analysis/time/time-warnings.js';
import type { WeightEpoch } from '../../../src/experiments/weight-epoch.js';
import type { TimeEffects, TimeReport } from '../../../src/analysis/time/time-effects.js';
import { figure } from '../../../src/analysis/figure.js';
import { experimentWith, firstEpoch } from '../../bucketing/experiment-fixtures.js';
import { Draws } from '../../statistics/bars/draws.js';
import { metricWith } from '../metric-fixtures.js';
import { day, firstDay, simulate, timeReportOf, type World } from './simulated-units.js';

const experiment = experimentWith();
const rating = metricWith();

async function reportOf(world: Omit<World, 'draws'>, seed: number, window = 'P7D'): Promise<TimeReport> {
  const drawn = simulate({ ...world, draws: new Draws(seed) });
  const planned = { ...experiment, metrics: { ...experiment.metrics, window } };
  return timeReportOf(planned, rating, drawn);
}

const onlyEffect = ({ effects }: TimeReport): TimeEffects => {
  if (!effects[0] || effects.length > 1) throw new Error('one metric, one treatment');
  return effects[0];
};

/** With nine digits of every figure. */
function rounded(effects: readonly TimeEffects[]): unknown {
  const shorten = (_key: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(9)) : value;
  return JSON.parse(JSON.stringify(effects, shorten));
}

describe('effects that move with time, in simulated experiments', () => {
  const weeks = { units: 1_500, days: 7, arrival: 28, persistence: 0.5 };

  it('are caught when they fade with days since exposure, with both figures in the warning', async () => {
    const report = await reportOf({ ...weeks, effect: (since) => 0.6 * Math.exp(-since / 2) }, 11);
    const { novelty } = onlyEffect(report);
    expect(novelty).toMatchObject({
      test: 'slope',
      fading: true,
      growing: false,
      first: { from: 0, to: 2 },
      later: { from: 3, to: 6 },
    });
    // 0.6 e^(−d/2) averages 0.395 over days 0 to 2 and 0.074 over days 3 to 6; standard errors are about 0.03.
    expect(Math.abs((novelty?.first.difference ?? 0) - 0.395)).toBeLessThan(0.12);
    expect(Math.abs((novelty?.later.difference ?? 0) - 0.074)).toBeLessThan(0.12);
    const [warning] = timeWarnings(report).filter(({ code }) => code === 'NOVELTY');
    expect(warning?.message).toContain(
      `the effect was ${figure(novelty?.first.difference ?? 0)} in the first 3 days after the first exposure and ` +
        `${figure(novelty?.later.difference ?? 0)} afterwards`,
    );
  });

  it('are caught when they grow', async () => {
    const report = await reportOf({ ...weeks, effect: (since) => 0.1 * since }, 12);
    expect(onlyEffect(report).novelty).toMatchObject({ fading: false, growing: true });
    expect(timeWarnings(report).map(({ code }) => code)).toEqual(['NOVELTY']);
  });

  it('are caught when a loss fades too', async () => {
    const report = await reportOf({ ...weeks, effect: (since) => -0.6 * Math.exp(-since / 2) }, 13);
    expect(onlyEffect(report).novelty).toMatchObject({ fading: true, growing: false });
  });

  it('are tested as the first week against later, once 14 days since exposure have been observed', async () => {
    const world = { ...weeks, days: 21, effect: (since: number) => (since < 7 ? 0.3 : 0.05) };
    const { novelty } = onlyEffect(await reportOf(world, 14, 'P21D'));
    expect(novelty).toMatchObject({
      test: 'first-week-against-later',
      fading: true,
      first: { from: 0, to: 6 },
      later: { from: 7, to: 20 },
    });
    expect(novelty?.change.difference).toBeCloseTo(
      (novelty?.later.difference ?? NaN) - (novelty?.first.difference ?? NaN),
      12,
    );
  });

  it('are caught when they drift with the calendar', async () => {
    const report = await reportOf({ ...weeks, effect: (_, cohort) => 0.4 - 0.02 * cohort }, 15);
    const { drift, novelty } = onlyEffect(report);
    expect(drift).toMatchObject({ drifting: true });
    expect(drift?.weeks.map(({ from, days }) => [from, days])).toEqual([
      ['2026-01-05', 7],
      ['2026-01-12', 7],
      ['2026-01-19', 7],
      ['2026-01-26', 7],
    ]);
    // −0.02 a day is −0.14 a week.
    expect(drift?.slopeInterval[0]).toBeLessThan(-0.14);
    expect(drift?.slopeInterval[1]).toBeGreaterThan(-0.14);
    expect(novelty?.fading).toBe(false);
    expect(timeWarnings(report).map(({ code }) => code)).toEqual(['DRIFT']);
  });

  it('are caught when weekdays differ', async () => {
    const report = await reportOf({ ...weeks, effect: (_, cohort) => (cohort % 7 >= 5 ? 0.6 : 0) }, 16);
    const { weekdays, weekdaysDiffer } = onlyEffect(report);
    expect(weekdaysDiffer?.differ).toBe(true);
    expect(weekdays.map(({ weekday }) => weekday)).toHaveLength(7);
    const [warning] = timeWarnings(report);
    expect(warning?.code).toBe('WEEKDAYS_DIFFER');
    expect(warning?.message).toMatch(/to 0\.\d+ for units that came on a (Saturday|Sunday)/);
  });

  it('raise no more false alarms than the level, for a constant effect and units whose days resemble each other', async () => {
    const runs = 200;
    const small = { units: 500, days: 7, arrival: 14, persistence: 0.8, effect: () => 0.3 };
    let alarms = 0;
    const below = { novelty: 0, weekdays: 0, drift: 0 };
    for (let run = 0; run < runs; run += 1) {
      const report = await reportOf(small, 1_000 + 7_919 * run);
      alarms += Number(timeWarnings(report).length > 0);
      const { novelty, weekdaysDiffer, drift } = onlyEffect(report);
      below.novelty += Number((novelty?.pValue ?? NaN) <= 0.05);
      below.weekdays += Number((weekdaysDiffer?.pValue ?? NaN) <= 0.05);
      below.drift += Number((drift?.pValue ?? NaN) <= 0.05);
    }
    // At 0.01: P(7 or more of 200) = 0.5 %. At 0.05: P(20 or more) = 0.3 %, P(2 or fewer) = 0.2 % (scipy.stats.binom).
    expect(alarms).toBeLessThanOrEqual(6);
    for (const count of Object.values(below)) {
      expect(count).toBeGreaterThan(2);
      expect(count).toBeLessThan(20);
    }
  }, 120_000);

  it('are shown before and since another model answers, with what lies between', async () => {
    const world = { ...weeks, effect: (_since: number, cohort: number) => (cohort < 14 ? 0.5 : 0.1) };
    const change = new Date(firstDay + 14 * day);
    const drawn = simulate({ ...world, draws: new Draws(17) }).map((unit) =>
      unit.exposedAt < change ? unit : { ...unit, epoch: 2 },
    );
    const first = firstEpoch(experiment);
    const reason = 'gpt-4o is answered by gpt-4o-2024-11-20, no longer by gpt-4o-2024-08-06';
    const second: WeightEpoch = {
      ...first,
      number: 2,
      startedAt: change,
      cause: 'model-change',
      evidence: { reason },
    };
    const report = await timeReportOf(experiment, rating, drawn, { epochs: [first, second] });
    expect(report.modelChanges).toMatchObject([
      {
        at: change.toISOString(),
        reason,
        metric: rating.key,
        variant: 'treatment',
        against: 'control',
      },
    ]);
    const [found] = report.modelChanges;
    // A unit that is active on none of its days has no value.
    for (const side of [found?.before, found?.since])
      expect(Math.abs((side?.units ?? 0) - 1_500)).toBeLessThan(10);
    // Of 750 units a side with a variance of about 0.5 the standard errors are 0.04 and, of the change, 0.05.
    expect(Math.abs((found?.before.difference ?? 0) - 0.5)).toBeLessThan(0.15);
    expect(Math.abs((found?.since.difference ?? 0) - 0.1)).toBeLessThan(0.15);
    const [low, high] = found?.change.interval ?? [0, 0];
    expect(found?.change.difference).toBeCloseTo(
      (found?.since.difference ?? 0) - (found?.before.difference ?? 0),
      12,
    );
    expect([low < -0.4, high > -0.4, high < 0]).toEqual([true, true, true]);
    // Weights did not change, so all else is as it was, but for the order in which sums are taken.
    const unchanged = drawn.map((unit) => ({ ...unit, epoch: 1 }));
    const before = await timeReportOf(experiment, rating, unchanged);
    expect(rounded(report.effects)).toEqual(rounded(before.effects));
  });
});
