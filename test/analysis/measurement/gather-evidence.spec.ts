import { gatherEvidence } from '../../../src/analysis/measurement/gather-evidence.js';
import type { MetricData } from '../../../src/analysis/measurement/metric-data.js';
import { testDifference } from '../../../src/statistics/difference.js';
import type { VariantEstimate } from '../../../src/statistics/estimate.js';
import { scoreDifference } from '../../../src/statistics/score-difference.js';
import { dataWith, metricWith, totalsWith, unitsWith, variantWith } from '../metric-fixtures.js';

const variants = [totalsWith('control', 900, 3, 1), totalsWith('treatment', 800, 3.2, 1)];
const estimate = (value: number): VariantEstimate => ({ status: 'ok', value, variance: 4, units: 128 });

function differenceIn(data: MetricData) {
  const { estimates, compare } = gatherEvidence(data, 'control', 0.05);
  return compare(estimates[0]!, estimates[1]!);
}

describe('the figures that comparisons rest on', () => {
  it('come from all units at once unless something better applies', () => {
    expect(gatherEvidence(dataWith(variants), 'control', 0.05).estimator).toBe('units');
  });

  it('of a proportion with few successes or failures are compared by the score method', () => {
    const answers = (variant: string, successes: number) =>
      variantWith(variant, unitsWith(Array.from({ length: 100 }, (_, unit) => (unit < successes ? 1 : 0))));
    const compared = (a: number, b: number) =>
      differenceIn(
        dataWith([answers('control', a), answers('treatment', b)], metricWith({ kind: 'proportion' })),
      );
    expect(compared(1, 9)).toEqual(
      scoreDifference({ successes: 1, units: 100 }, { successes: 9, units: 100 }, 0.05),
    );
    expect(compared(9, 30)).toMatchObject({ degreesOfFreedom: Infinity });
    expect(compared(70, 91)).toMatchObject({ degreesOfFreedom: Infinity });
    expect(compared(10, 90)).toMatchObject({ degreesOfFreedom: expect.closeTo(198, 6) });
  });

  it('of a quantile are its own, compared on the log scale, with as many units as have matured', () => {
    const special = {
      estimator: 'quantile' as const,
      estimates: [
        { variant: 'control', estimate: estimate(100) },
        { variant: 'treatment', estimate: estimate(120) },
      ],
    };
    const data = { ...dataWith(variants, metricWith({ kind: 'quantile', quantile: 0.95 })), special };
    const { estimator, estimates } = gatherEvidence(data, 'control', 0.05);
    expect(estimator).toBe('quantile');
    expect(estimates.map((each) => each.estimate)).toMatchObject([{ units: 900 }, { units: 800 }]);
    const compared = differenceIn(data);
    // L √(v/a² + v/b²) with L = 20 / ln 1.2.
    const standardError = (20 / Math.log(1.2)) * Math.sqrt(4 / 100 ** 2 + 4 / 120 ** 2);
    expect(compared.status === 'ok' && compared.standardError).toBeCloseTo(standardError, 10);
  });

  it('are adjusted by a covariate that is known, and not by one that nobody has', () => {
    const difference = { status: 'insufficient' as const, reason: 'as told by the covariate' };
    const adjusted = (known: number) => ({
      covariate: 'skill',
      known,
      differences: { treatment: difference },
    });
    expect(differenceIn({ ...dataWith(variants), adjusted: adjusted(0.9) })).toBe(difference);
    expect(gatherEvidence({ ...dataWith(variants), adjusted: adjusted(0) }, 'control', 0.05).estimator).toBe(
      'units',
    );
  });

  it('add up: a treatment’s figure is the control’s plus an adjusted difference, with its variance', () => {
    const difference = testDifference({ difference: 0.4, variance: 0.01, degreesOfFreedom: 900 }, 0.05);
    const adjusted = { covariate: 'skill', known: 1, differences: { treatment: difference } };
    const { estimates } = gatherEvidence({ ...dataWith(variants), adjusted }, 'control', 0.05);
    const [control, treatment] = estimates.map(({ estimate }) =>
      estimate.status === 'ok' ? estimate : null,
    );
    expect(treatment!.value - control!.value).toBeCloseTo(0.4, 12);
    expect(treatment!.variance + control!.variance).toBeCloseTo(0.01, 12);
  });

  it('follow the propensities once the weights have changed, covariate or not', () => {
    const period = { propensities: [0.5, 0.5], data: variants };
    const data = { ...dataWith(variants), periods: [period, { ...period, propensities: [0.2, 0.8] }] };
    expect(gatherEvidence(data, 'control', 0.05).estimator).toBe('adaptive');
  });
});
