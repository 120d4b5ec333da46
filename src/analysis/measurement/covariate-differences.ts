import type { Metric } from '../../catalogue/metric.js';
import type { CovariateTotal, CovariateUnit } from '../../metrics/covariate-totals.js';
import { adjustedFromMoments } from '../../statistics/adjusted-moments.js';
import { adjustedDifference, type CovariateRow } from '../../statistics/covariate-adjustment.js';
import { insufficient } from '../../statistics/estimate.js';
import type { Comparison } from '../../statistics/difference.js';

/** What was read of a metric beside its covariate: the units themselves while they are few, else totals. */
export type CovariateData =
  { readonly units: readonly CovariateUnit[] } | { readonly totals: readonly CovariateTotal[] };

/**
 * Each treatment's difference from control with the covariate taken out, by treatment.
 *
 * @example covariateDifferences(data, 'control', ['treatment'], metric, 0.05)['treatment']; // { difference: 0.21, … }
 */
export function covariateDifferences(
  data: CovariateData,
  control: string,
  treatments: readonly string[],
  metric: Metric,
  alpha: number,
): Record<string, Comparison> {
  return Object.fromEntries(
    treatments.map((treatment) => [
      treatment,
      'units' in data
        ? fromUnits(data.units, control, treatment, alpha)
        : fromTotals(data.totals, control, treatment, metric, alpha),
    ]),
  );
}

function fromTotals(
  totals: readonly CovariateTotal[],
  control: string,
  treatment: string,
  { key }: Metric,
  alpha: number,
): Comparison {
  const [a, b] = [control, treatment].map((variant) => totals.find((total) => total.variant === variant));
  if (!a || !b) return insufficient(`${key} has no units in one of the variants.`);
  return adjustedFromMoments(a, b, alpha);
}

function fromUnits(
  units: readonly CovariateUnit[],
  control: string,
  treatment: string,
  alpha: number,
): Comparison {
  const rows = (variant: string) => linearised(units.filter((unit) => unit.variant === variant));
  return adjustedDifference(rows(control), rows(treatment), { alpha });
}

/**
 * The share of units of which the covariate is known; null without units.
 *
 * @example knownShare({ units }); // 0.97
 */
export function knownShare(data: CovariateData): number | null {
  const [known, all] =
    'units' in data
      ? [data.units.filter(({ covariate }) => covariate !== null).length, data.units.length]
      : [sumOf(data.totals.map((total) => total.known)), sumOf(data.totals.map(({ units }) => units))];
  return all > 0 ? known / all : null;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Values whose mean is the ratio of sums: R + (S − R N) / mean N. */
function linearised(units: readonly CovariateUnit[]): CovariateRow[] {
  const events = units.reduce((sum, unit) => sum + unit.events, 0);
  const ratio = units.reduce((sum, unit) => sum + unit.sum, 0) / events;
  const eventsPerUnit = events / units.length;
  return units.map((unit) => ({
    value: ratio + (unit.sum - ratio * unit.events) / eventsPerUnit,
    covariates: [unit.covariate],
  }));
}
