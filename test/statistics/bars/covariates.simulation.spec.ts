import { adjustedDifference, type CovariateRow } from '../../../src/statistics/covariate-adjustment.js';
import { cuped, type CovariateMoments } from '../../../src/statistics/cuped.js';
import type { Comparison } from '../../../src/statistics/difference.js';
import { bar, type Run } from './bar.js';
import type { Draws } from './draws.js';
import { share, type Figure, type Reading } from './figure.js';

const alpha = 0.05;
const correlation = 0.7;

function variant(draws: Draws, units: number): CovariateRow[] {
  return Array.from({ length: units }, () => {
    const covariate = draws.normal();
    const value = correlation * covariate + Math.sqrt(1 - correlation ** 2) * draws.normal();
    return { value, covariates: [covariate] };
  });
}

function totalsOf(rows: readonly CovariateRow[]): CovariateMoments {
  const [values, covariates] = [rows.map(({ value }) => value), rows.map((row) => row.covariates[0] ?? 0)];
  const sum = (list: readonly number[]): number => list.reduce((total, each) => total + each, 0);
  const [y, x] = [sum(values) / rows.length, sum(covariates) / rows.length];
  return {
    units: rows.length,
    valueSum: sum(values),
    covariateSum: sum(covariates),
    valueSquares: sum(values.map((value) => (value - y) ** 2)),
    covariateSquares: sum(covariates.map((value) => (value - x) ** 2)),
    crossProducts: sum(values.map((value, unit) => (value - y) * ((covariates[unit] ?? 0) - x))),
  };
}

/** Squared differences (their expectation is the variance, as there is no effect) and false alarms of one method. */
class Method {
  private squares = 0;
  private fourths = 0;
  private alarms = 0;
  private count = 0;

  take(comparison: Comparison): void {
    if (comparison.status !== 'ok') return;
    this.count += 1;
    this.squares += comparison.difference ** 2;
    this.fourths += comparison.difference ** 4;
    this.alarms += comparison.pValue < alpha ? 1 : 0;
  }

  falseAlarms(): Figure {
    return share(this.alarms, this.count);
  }

  variance(): Figure {
    const value = this.squares / this.count;
    return {
      value,
      error: Math.sqrt((this.fourths / this.count - value ** 2) / this.count),
      replications: this.count,
    };
  }
}

/** The error as if the two variances were independent, which errs on the safe side: it is larger. */
function ratioOf(variance: Figure, whole: Figure): Figure {
  const value = variance.value / whole.value;
  const error = value * Math.hypot(variance.error / variance.value, whole.error / whole.value);
  return { value, error, replications: variance.replications };
}

function compare(run: Run, units: number): Reading[] {
  const [plain, regression, pooled] = [new Method(), new Method(), new Method()];
  for (const draws of run.times(20_000)) {
    const [control, treatment] = [variant(draws, units), variant(draws, units)];
    const without = (rows: readonly CovariateRow[]) => rows.map(({ value }) => ({ value, covariates: [] }));
    plain.take(adjustedDifference(without(control), without(treatment), { alpha }));
    regression.take(adjustedDifference(control, treatment, { alpha }));
    pooled.take(cuped(totalsOf(control), totalsOf(treatment), alpha).comparison);
  }
  const name = `${units} users per variant:`;
  const narrower = { unit: 'number', ...(units >= 100 ? { atMost: 0.56 } : {}) } as const;
  const whole = plain.variance();
  return [
    { name: `${name} false alarms without covariate`, figure: plain.falseAlarms() },
    {
      name: `${name} regression, variance ratio`,
      figure: ratioOf(regression.variance(), whole),
      ...narrower,
    },
    { name: `${name} regression, false alarms`, figure: regression.falseAlarms(), atMost: 0.058 },
    { name: `${name} pooled CUPED, variance ratio`, figure: ratioOf(pooled.variance(), whole), ...narrower },
    { name: `${name} pooled CUPED, false alarms`, figure: pooled.falseAlarms(), atMost: 0.058 },
  ];
}

describe('covariates known beforehand', () => {
  bar('16', 'correlation 0.7 with the value', (run) => [...compare(run, 200), ...compare(run, 20)]);
});
