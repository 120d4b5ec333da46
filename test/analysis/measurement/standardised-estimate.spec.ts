import {
  estimatesOf,
  standardisedEstimates,
} from '../../../src/analysis/measurement/standardised-estimate.js';
import type { KeyedEstimate } from '../../../src/analysis/measurement/variant-estimate.js';
import { weightStrata } from '../../../src/analysis/measurement/weight-strata.js';
import { metricWith, totalsWith } from '../metric-fixtures.js';

function valuesOf(estimates: readonly KeyedEstimate[]): (number | null)[] {
  return estimates.map(({ estimate }) => (estimate.status === 'ok' ? estimate.value : null));
}

describe('figures after a change of weights', () => {
  // A quiet week at 2, then a good week at 4, the same for both variants; the treatment grew from 10 to 90 %.
  const quiet = [totalsWith('control', 900, 2, 1), totalsWith('treatment', 100, 2, 1)];
  const good = [totalsWith('control', 100, 4, 1), totalsWith('treatment', 900, 4, 1)];
  const pooled = [totalsWith('control', 1000, 2.2, 1), totalsWith('treatment', 1000, 3.8, 1)];

  it('do not credit a variant with the week in which it was larger', () => {
    const [control, treatment] = valuesOf(standardisedEstimates([quiet, good], metricWith()));
    expect(treatment! - control!).toBeCloseTo(0, 12);
    const [before, after] = valuesOf(estimatesOf(pooled, metricWith()));
    expect(after! - before!).toBeCloseTo(1.6, 12);
  });

  it('have the variance and degrees of freedom of a weighted sum', () => {
    // By hand: both shares 1/2; v = (1/900 + 1/100) / 4; df = v² / ((1/3600)²/899 + (1/400)²/99).
    const [control] = standardisedEstimates([quiet, good], metricWith());
    const [a, b] = [1 / 3600, 1 / 400];
    expect(control?.estimate.status === 'ok' && control.estimate.variance).toBeCloseTo(a + b, 12);
    const freedom = (a + b) ** 2 / (a ** 2 / 899 + b ** 2 / 99);
    expect(control?.estimate.status === 'ok' && control.estimate.units - 1).toBeCloseTo(freedom, 8);
  });

  it('leave out weights under which a variant has nothing, for every variant', () => {
    const alone = [totalsWith('control', 500, 9, 1), totalsWith('treatment', 0, 0, 0)];
    expect(valuesOf(standardisedEstimates([quiet, alone], metricWith()))).toEqual([2, 2]);
    expect(valuesOf(standardisedEstimates([alone], metricWith()))).toEqual([null, null]);
  });

  it('fall apart by weights and not by coverage', () => {
    const half = { control: 0.5, treatment: 0.5 };
    const epochs = [
      { number: 1, weights: half },
      { number: 2, weights: { treatment: 0.5, control: 0.5 } },
      { number: 3, weights: { control: 0.1, treatment: 0.9 } },
      { number: 4, weights: half },
    ];
    expect(weightStrata(epochs)).toEqual([[1, 2, 4], [3]]);
  });
});
