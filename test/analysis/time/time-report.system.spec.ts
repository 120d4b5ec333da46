import { timeWarnings } from '../../../src/analysis/time/time-warnings.js';
import { experimentWith, firstEpoch, nextEpoch } from '../../bucketing/experiment-fixtures.js';
import { Draws } from '../../statistics/bars/draws.js';
import { metricWith, numbersIn } from '../metric-fixtures.js';
import { day, firstDay, simulate, timeReportOf, type SimulatedUnit } from './simulated-units.js';

const experiment = experimentWith();
const rating = metricWith();
const world = {
  units: 150,
  days: 7,
  arrival: 14,
  persistence: 0.5,
  effect: (since: number) => 0.5 - 0.05 * since,
};
const drawn = simulate({ ...world, draws: new Draws(3) });

const effectOf = async (units: readonly SimulatedUnit[], metric = rating, changes = {}) =>
  (await timeReportOf({ ...experiment, ...changes }, metric, units)).effects[0]!;

/** The experiment with outcomes that count for another time. */
const within = (window: string) => ({ metrics: { ...experiment.metrics, window } });

describe('days since exposure', () => {
  it('give the difference of the means of each day', async () => {
    const { novelty } = await effectOf(drawn);
    expect(novelty?.days.map((each) => each.day)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const onDay = (variant: string, since: number) =>
      drawn.flatMap((unit) =>
        unit.variant === variant ? unit.values.filter((each) => each.day === since) : [],
      );
    const mean = (values: readonly { value: number }[]) =>
      values.reduce((sum, { value }) => sum + value, 0) / values.length;
    for (const each of novelty?.days ?? []) {
      const [control, treatment] = [onDay('control', each.day), onDay('treatment', each.day)];
      expect(each.difference).toBeCloseTo(mean(treatment) - mean(control), 12);
      expect(each.units).toBe(control.length + treatment.length);
    }
  });

  it.each(['mean', 'mean-per-unit'] as const)(
    'have a slope (kind %s) with the standard error that leaving out one unit at a time gives',
    async (kind) => {
      const metric = metricWith({ kind });
      const units = [...drawn.slice(0, 90), ...drawn.slice(-90)];
      const whole = (await effectOf(units, metric)).novelty;
      // Delete-one jackknife of the whole report, variant by variant: (U − 1) / U Σ (θ₋ᵤ − mean)². Efron, Tibshirani 1993.
      let variance = 0;
      for (const variant of ['control', 'treatment']) {
        const slopes: number[] = [];
        for (const left of units.filter((unit) => unit.variant === variant)) {
          const rest = units.filter((unit) => unit !== left);
          slopes.push((await effectOf(rest, metric)).novelty?.slope ?? NaN);
        }
        const mean = slopes.reduce((sum, slope) => sum + slope, 0) / slopes.length;
        const squares = slopes.reduce((sum, slope) => sum + (slope - mean) ** 2, 0);
        variance += ((slopes.length - 1) / slopes.length) * squares;
      }
      const [low, high] = whole?.slopeInterval ?? [NaN, NaN];
      // 1.973 is Student's quantile at 178 degrees of freedom.
      const standardError = (high - low) / 2 / 1.973;
      expect(standardError / Math.sqrt(variance)).toBeGreaterThan(0.95);
      expect(standardError / Math.sqrt(variance)).toBeLessThan(1.05);
    },
    60_000,
  );

  it('count a silent unit as zero where the metric says so, exactly as if it had sent zeros', async () => {
    for (const kind of ['mean', 'mean-per-unit', 'proportion'] as const) {
      const now = new Date(firstDay + 16 * day);
      const sent = drawn.map((unit, number) => ({
        ...unit,
        values:
          number % 5 === 0 ? [] : unit.values.map((each) => ({ ...each, value: Math.round(each.value) - 2 })),
      }));
      const spoken = sent.map((unit) => ({
        ...unit,
        values: Array.from({ length: 7 }, (_, since) => {
          const own = unit.values.filter((each) => each.day === since);
          return own.length > 0 ? own : [{ day: since, value: 0 }];
        }).flat(),
      }));
      const silent = await timeReportOf(experiment, metricWith({ kind, missing: 'zero' }), sent, { now });
      const loud = await timeReportOf(experiment, metricWith({ kind, missing: 'exclude' }), spoken, { now });
      const [ours, theirs] = [silent.effects[0]?.novelty, loud.effects[0]?.novelty];
      expect(ours?.days).toHaveLength(7);
      expect(numbersIn(ours)).toHaveLength(numbersIn(theirs).length);
      numbersIn(ours).forEach((value, index) =>
        expect(value).toBeCloseTo(numbersIn(theirs)[index] ?? NaN, 9),
      );
    }
  });

  it('have a unit only once it has been observed for the whole day', async () => {
    const many = simulate({ ...world, units: 900, draws: new Draws(4) });
    const now = new Date(firstDay + 3 * day + 3_600_000);
    const { effects } = await timeReportOf(experiment, rating, many, { now });
    const days = effects[0]?.novelty?.days;
    // The first units came exactly three days before: days 0, 1 and 2 are over for them, and day 2 for them alone.
    expect(days?.map((each) => each.day)).toEqual([0, 1, 2]);
    const first = many.filter(
      ({ exposedAt, values }) =>
        exposedAt.getTime() < firstDay + day && values.some((each) => each.day === 2),
    );
    expect(days?.[2]?.units).toBe(first.length);
  });

  it('are not compared, and it is said why, for ratios, quantiles, short windows and few units', async () => {
    const reasonOf = async (...given: Parameters<typeof effectOf>) => {
      const { novelty, reasons } = await effectOf(...given);
      expect(novelty).toBeNull();
      return reasons[0];
    };
    expect(await reasonOf(drawn, metricWith({ kind: 'ratio' }))).toMatch(
      /a ratio of two metrics has no outcomes/,
    );
    expect(await reasonOf(drawn, metricWith({ kind: 'quantile' }))).toMatch(
      /quantiles are not summed by day/,
    );
    expect(await reasonOf(drawn, rating, within('PT36H'))).toMatch(
      /count for PT36H .* 2 whole days are needed/,
    );
    expect(await reasonOf(drawn.slice(0, 80))).toMatch(/of 7 days, 2 need 50 observed units/);
    const once = drawn.map((unit) => ({ ...unit, values: [{ day: 0, value: 3 }] }));
    expect(await reasonOf(once)).toMatch(/of 7 days, 2 need 50 observed units/);
  });
});

describe('time effects', () => {
  it('are never NaN: no variance, one unit, nobody', async () => {
    const constant = drawn.map((unit) => ({
      ...unit,
      values: unit.values.map((each) => ({ ...each, value: unit.variant === 'control' ? 0.1 : 0.7 })),
    }));
    const shown = await timeReportOf(experiment, rating, constant);
    expect(shown.effects[0]).toMatchObject({
      novelty: { slopeInterval: null, pValue: null, fading: false, change: { interval: null } },
      weekdaysDiffer: null,
      drift: null,
    });
    expect(shown.effects[0]?.reasons).toContain(
      'Days since exposure are not compared: every unit changes by the same amount.',
    );
    const arms = [drawn.filter(({ variant }) => variant === 'control'), drawn.slice(0, 1), []];
    for (const units of arms) {
      const report = await timeReportOf(experiment, rating, units);
      expect(report.effects[0]).toMatchObject({ novelty: null, weekdaysDiffer: null, drift: null });
      expect(report.effects[0]?.reasons).toHaveLength(3);
      expect(numbersIn(report).every(Number.isFinite)).toBe(true);
      expect(timeWarnings(report).filter(({ code }) => code !== 'NOT_ALL_WEEKDAYS')).toEqual([]);
    }
    expect(numbersIn(shown).every(Number.isFinite)).toBe(true);
  });

  it('say which weekdays have not been seen', async () => {
    const few = drawn.filter(({ exposedAt }) => exposedAt.getTime() < firstDay + 3 * day);
    const report = await timeReportOf(experiment, rating, few);
    expect(report.weekdaysSeen).toEqual(['Monday', 'Tuesday', 'Wednesday']);
    expect(timeWarnings(report)).toEqual([
      {
        code: 'NOT_ALL_WEEKDAYS',
        message: expect.stringMatching(/^Weekdays not all seen: .* 3 of 7 \(Monday, Tuesday, Wednesday\)\./),
      },
    ]);
    expect(timeWarnings(await timeReportOf(experiment, rating, drawn))).toEqual([]);
    const squeezed = await timeReportOf({ ...experiment, demonstration: true }, rating, few);
    expect(timeWarnings(squeezed)).toEqual([]);
  });

  it('leave out units that are not matured', async () => {
    const { effects, weekdaysSeen } = await timeReportOf(experiment, rating, drawn, {
      now: new Date(firstDay + 11 * day),
    });
    // Seven days of window and one of the bin before the 16th: bins before the 8th.
    expect(weekdaysSeen).toEqual(['Monday', 'Tuesday', 'Wednesday']);
    expect(effects[0]?.weekdays.map(({ weekday }) => weekday)).toEqual(['Monday', 'Tuesday', 'Wednesday']);
  });

  it('of imported data have days since exposure alone', async () => {
    const { weekdays, drift, novelty, reasons } = await effectOf(drawn, rating, { source: 'imported' });
    expect([weekdays, drift]).toEqual([[], null]);
    expect(novelty?.days).toHaveLength(7);
    expect(reasons).toEqual(['Weekdays and weeks are not compared: imported units share one cohort.']);
  });

  it('do not take a change of weights for an effect', async () => {
    // The second week everybody rates 3 better, and nine of ten units get the treatment, which does nothing at all.
    const level = (unit: SimulatedUnit) => (unit.epoch === 2 ? 3 : 0);
    const flat = simulate({ ...world, units: 1_000, effect: () => 0, draws: new Draws(5) })
      .map((unit) => ({ ...unit, epoch: unit.exposedAt.getTime() < firstDay + 7 * day ? 1 : 2 }))
      .filter((unit, number) => unit.epoch === 1 || unit.variant === 'treatment' || number % 9 === 0)
      .map((unit) => ({
        ...unit,
        values: unit.values.map((each) => ({ ...each, value: each.value + level(unit) })),
      }));
    const epoch = firstEpoch(experiment);
    const epochs = [epoch, nextEpoch(experiment, epoch, [10, 90])];
    const { effects } = await timeReportOf(experiment, rating, flat, { epochs });
    const [monday] = effects[0]?.weekdays ?? [];
    // Plain means would differ by about 1: treatment has as many Mondays' units in each week, control hardly any later.
    expect(Math.abs(monday?.difference ?? NaN)).toBeLessThan(0.4);
    const [first] = effects[0]?.novelty?.days ?? [];
    expect(Math.abs(first?.difference ?? NaN)).toBeLessThan(0.3);
    expect(effects[0]?.novelty?.slopeInterval?.[0]).toBeLessThan(0);
    expect(effects[0]?.novelty?.slopeInterval?.[1]).toBeGreaterThan(0);
  });

  it('are tested together: Holm over all that the report tests', async () => {
    const two = {
      ...experiment,
      metrics: { ...experiment.metrics, primary: ['user_rating', 'user_rating'] },
    };
    const [alone, report] = [await effectOf(drawn), await timeReportOf(two, rating, drawn)];
    const pValues = report.effects.flatMap(({ novelty, weekdaysDiffer, drift }) => [
      novelty?.pValue ?? 1,
      weekdaysDiffer?.pValue ?? null,
      drift?.pValue ?? 1,
    ]);
    const tested = pValues.filter((pValue) => pValue !== null);
    const least = Math.min(...tested);
    expect(least).toBe(alone.novelty?.pValue);
    expect(report.effects[0]?.novelty?.adjustedPValue).toBeCloseTo(Math.min(1, tested.length * least), 12);
    expect(report.alarmLevel).toBe(0.01);
  });
});
