import fc from 'fast-check';
import { makePlan, outlinePlan } from '../../../src/analysis/planning/plan.js';
import { givenBaseline } from '../../../src/analysis/planning/baseline.js';
import { steadyArrival } from '../../../src/analysis/planning/arrival.js';
import { unitsForMean } from '../../../src/statistics/power.js';
import { metricWith, numbersIn } from '../metric-fixtures.js';
import { arrivalOf, sourcesWith } from './planning-fixtures.js';

describe('a plan', () => {
  it('counts units by power and days by arrival and window, in whole weeks', () => {
    // statsmodels: 1570.73 units per variant at d = 0.1; 3,142 units at 200 a day take 15.71 days, and 7 of window.
    const plan = makePlan(sourcesWith());
    expect(plan).toMatchObject({
      metric: 'user_rating',
      minimumEffect: { absolute: 0.1, relative: 0.025 },
      unitsPerVariant: 1571,
      units: 3142,
      days: 28,
      feasible: true,
    });
    expect(plan.reason).toBe(
      'A difference of 0.1 (2.5 % of 4) in user_rating takes 1,571 units per variant, 3,142 in all: 28 days at this arrival, and maximumDays is 60.',
    );
  });

  it('needs no eighth week for units that mature on the last day of the seventh', () => {
    const exactly = makePlan(sourcesWith({}, { arrival: steadyArrival(3142 / 14) }));
    expect(exactly.days).toBe(21);
  });

  it('shows week by week what could be found, down to the effect it was made for', () => {
    const { minimumDetectableEffect: weekly, days, unitsPerVariant } = makePlan(sourcesWith());
    expect(weekly.map((row) => row.days)).toEqual([7, 14, 21, 28, 35, 42, 49, 56]);
    // In the first week nobody's window is over; after 14 days those of the first 7 days' are.
    expect(weekly[0]).toEqual({ days: 7, unitsPerVariant: 0, absolute: null, relative: null });
    expect(weekly[1]).toMatchObject({ unitsPerVariant: 700 });
    for (const row of weekly.slice(1)) {
      const early = (row.absolute ?? 0) > 0.1;
      expect({ days: row.days, early }).toEqual({
        days: row.days,
        early: row.unitsPerVariant < unitsPerVariant,
      });
      expect(row.relative).toBeCloseTo((row.absolute ?? 0) / 4, 12);
      expect(early).toBe(row.days < (days ?? 0));
    }
  });

  it('says by how much time runs out, and what could be found instead', () => {
    const plan = makePlan(sourcesWith({ maximumDays: 20 }));
    expect(plan).toMatchObject({ days: 28, feasible: false });
    expect(plan.minimumDetectableEffect).toHaveLength(2);
    const found = plan.minimumDetectableEffect[1]?.absolute ?? 0;
    // 700 units per variant: 2.8016 × √(2 / 700) = 0.1498.
    expect(found).toBeCloseTo(0.1499, 3);
    expect(plan.reason).toContain(
      '28 days at this arrival, but maximumDays is 20. In 14 days a difference of 0.1499 can be found, with 700 units per variant whose window is over. Accept a larger minimum effect',
    );
  });

  it('never ends where the arrival has dried up', () => {
    const plan = makePlan(sourcesWith({}, { arrival: arrivalOf([900, 100], 0) }));
    expect(plan).toMatchObject({ days: null, feasible: false });
    expect(plan.reason).toContain(
      'they never arrive, but maximumDays is 60. In 56 days a difference of 0.177',
    );
  });

  it('says of a time shorter than a week what can be found in it', () => {
    const plan = makePlan(sourcesWith({ maximumDays: 3, windowDays: 1 }));
    expect(plan.minimumDetectableEffect).toEqual([]);
    expect(plan.reason).toContain('In 3 days a difference of 0.28');
    expect(makePlan(sourcesWith({ maximumDays: 1 })).reason).toContain('In 1 day no difference can be found');
  });

  it('gives units without days where the arrival is unknown', () => {
    const plan = makePlan(sourcesWith({}, { arrival: null }));
    expect(plan).toMatchObject({
      unitsPerVariant: 1571,
      days: null,
      feasible: null,
      minimumDetectableEffect: [],
    });
    expect(plan.reason).toContain('Give unitsPerDay to learn how long that takes.');
  });

  it('corrects for several comparisons as hard as the report may', () => {
    const plan = makePlan(sourcesWith({ comparisons: 2, shares: [1 / 3, 1 / 3, 1 / 3] }));
    const { control } = unitsForMean({ effect: 0.1, standardDeviation: 1, alpha: 0.025, power: 0.8 });
    expect(plan.unitsPerVariant).toBe(Math.ceil(control));
    expect(plan.units).toBe(3 * Math.ceil(control));
    expect(plan.assumptions.join(' ')).toContain('alpha / 2 = 0.025');
  });

  it('names the price of repeated looks and what a covariate saves', () => {
    const text = (design: Parameters<typeof sourcesWith>[0]) =>
      makePlan(sourcesWith(design)).assumptions.join(' ');
    expect(text({ sequential: 'planned' })).toContain(
      "14 planned looks, group sequential with O'Brien-Fleming spending: 1.042 times",
    );
    expect(text({ sequential: 'open' })).toContain('by the confidence sequence: 1.915 times');
    expect(text({})).toContain('One look, at the end');
    expect(text({ covariateCorrelation: 0.5 })).toContain(
      'correlated 0.5 with the metric: 0.75 times the units',
    );
    expect(text({ isBandit: true })).toContain('The bandit will move the weights');
    expect(
      text({
        admitted: [
          { fromDay: 0, share: 0.05 },
          { fromDay: 2, share: 0.5 },
        ],
      }),
    ).toContain('Of these, 5 % from day 0, 50 % from day 2 are let in and compared.');
  });

  it('sizes uneven weights by the smallest treatment and names the number that the looks go by', () => {
    const plan = makePlan(sourcesWith({ shares: [0.9, 0.1] }));
    const { control, treatment } = unitsForMean({
      effect: 0.1,
      standardDeviation: 1,
      alpha: 0.05,
      power: 0.8,
      ratio: 1 / 9,
    });
    expect(plan).toMatchObject({
      unitsPerVariant: Math.ceil(treatment),
      units: Math.ceil(control) + Math.ceil(treatment),
    });
    // The harmonic mean hardly depends on the weights: it is what the variance of a difference depends on.
    expect(plan.assumptions.at(-1)).toMatch(
      /7,85\d, 87\d units, the control first.*plan\.unitsPerVariant is 1,57\d\.$/,
    );
  });

  it('says what a smaller number that is planned already would find', () => {
    expect(makePlan(sourcesWith({ plannedUnits: 700 })).reason).toContain(
      'With the 700 units per variant planned so far, only a difference of 0.1499 can be found.',
    );
    expect(makePlan(sourcesWith({ plannedUnits: 1 })).reason).toContain(
      'planned so far, no difference can be found',
    );
    expect(makePlan(sourcesWith({ plannedUnits: 1571 })).reason).not.toContain('planned so far');
  });

  it('takes a quantile for one, and a judge for one with labels everywhere', () => {
    const slowest = metricWith({
      key: 'latency_p95',
      kind: 'quantile',
      quantile: 0.95,
      direction: 'decrease',
    });
    const baseline = givenBaseline({ mean: 1000, standardDeviation: 100 }, slowest);
    const { unitsPerVariant } = makePlan(sourcesWith({}, { metric: slowest, baseline, effect: 20 }));
    // SciPy, noncentral t, d = 20 / (100 √4.465561), both sides: n = 1753.44.
    expect(unitsPerVariant).toBe(1754);
    const judge = metricWith({ key: 'quality_score', labels: 'expert_score' });
    const { assumptions } = makePlan(sourcesWith({}, { metric: judge }));
    expect(assumptions.at(-1)).toBe(
      'quality_score is corrected by the labels in expert_score: planned as if every interaction were labelled; ' +
        'the fewer are, the more units it takes.',
    );
    expect(makePlan(sourcesWith()).assumptions.join(' ')).not.toContain('labelled');
  });

  it('speaks of one unit and one look in the singular', () => {
    const plan = makePlan(sourcesWith({ plannedUnits: 1, sequential: 'planned', looks: 1 }));
    expect(plan.reason).toContain('With the 1 unit per variant planned so far');
    expect(plan.assumptions.join(' ')).toContain('1 planned look, group sequential');
  });

  it('refuses an effect that a share has no room for', () => {
    const baseline = givenBaseline({ mean: 0.9 }, null);
    expect(() => outlinePlan(sourcesWith({}, { baseline, effect: 0.2 }))).toThrow(
      /\/minimumEffect is 0.2, but a share of 0.9 can rise by 0.1 at most/,
    );
    const falling = sourcesWith({}, { baseline, effect: 0.2, metric: metricWith({ direction: 'decrease' }) });
    expect(outlinePlan(falling).unitsPerVariant).toBeGreaterThan(10);
  });

  it('holds finite numbers alone, whatever is asked', () => {
    const magnitude = fc.double({ min: -9, max: 9, noNaN: true }).map((exponent) => 10 ** exponent);
    const design = fc.record({
      power: fc.double({ min: 0.5, max: 0.9999, noNaN: true }),
      alpha: fc.double({ min: 0.0001, max: 0.49, noNaN: true }),
      sequential: fc.constantFrom('open' as const, 'none' as const),
      shares: fc.constantFrom([0.5, 0.5], [0.999, 0.001], [0.001, 0.999]),
    });
    fc.assert(
      fc.property(design, magnitude, magnitude, magnitude, (given, effect, unitVariance, unitsPerDay) => {
        const baseline = { mean: 4, unitVariance, isShare: false, origin: '' };
        const sources = sourcesWith(
          { ...given, maximumDays: 14 },
          { effect, baseline, arrival: steadyArrival(unitsPerDay) },
        );
        const plan = makePlan(sources);
        expect(numbersIn(plan).every((number) => Number.isFinite(number))).toBe(true);
        expect(plan.unitsPerVariant).toBeGreaterThanOrEqual(2);
        expect(plan.reason + plan.assumptions.join('')).not.toMatch(/NaN|Infinity|undefined|null/);
      }),
      { numRuns: 150 },
    );
  });
});
