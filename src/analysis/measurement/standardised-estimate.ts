import type { Metric } from '../../catalogue/metric.js';
import { insufficient, type Estimate, type VariantEstimate } from '../../statistics/estimate.js';
import type { VariantData } from './metric-data.js';
import { withMissingUnits } from './missing-units.js';
import { variantEstimate, type KeyedEstimate } from './variant-estimate.js';

/**
 * Each variant's figure from all its units at once: right while every unit was drawn under the same weights.
 *
 * @example estimatesOf(matured, metric)[0]?.estimate.status; // 'ok'
 */
export function estimatesOf(data: readonly VariantData[], metric: Metric): KeyedEstimate[] {
  return data.map((each) => ({ variant: each.variant, estimate: variantEstimate(each, metric) }));
}

/**
 * Each variant's figure after a change of weights: the figures per set of weights, averaged with the same shares for
 * every variant, so that a variant which was larger in a better week gains nothing from it (direct standardisation).
 *
 * θ_g = Σ h_e R_ge, v_g = Σ h_e² v_ge, h_e ∝ the harmonic mean over variants of their units in e; degrees of freedom by
 * Satterthwaite. Sets of weights under which a variant has no figure are left out for all.
 * Source: Cochran 1954, Biometrics 10:417 (the weights); Satterthwaite 1946, Biometrics Bulletin 2:110.
 *
 * @example standardisedEstimates([beforeTheChange, afterTheChange], metric);
 */
export function standardisedEstimates(
  strata: readonly (readonly VariantData[])[],
  metric: Metric,
): KeyedEstimate[] {
  const complete = strata
    .map((stratum) =>
      estimatesOf(
        stratum.map((each) => withMissingUnits(each, metric)),
        metric,
      ),
    )
    .flatMap((estimates) => {
      const usable = estimates.flatMap(({ estimate }) => (estimate.status === 'ok' ? [estimate] : []));
      return usable.length === estimates.length ? [usable] : [];
    });
  const sizes = complete.map((estimates) => 1 / estimates.reduce((sum, { units }) => sum + 1 / units, 0));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const shares = sizes.map((size) => size / total);
  return (strata[0] ?? []).map(({ variant }, place) => ({
    variant,
    estimate: average(
      complete.flatMap((estimates) => estimates[place] ?? []),
      shares,
    ),
  }));
}

function average(estimates: readonly Estimate[], shares: readonly number[]): VariantEstimate {
  if (estimates.length === 0)
    return insufficient('No set of weights was in force under which every variant has data.');
  const share = (place: number) => shares[place] ?? 0;
  const value = estimates.reduce((sum, estimate, place) => sum + share(place) * estimate.value, 0);
  const parts = estimates.map(({ variance }, place) => share(place) ** 2 * variance);
  const variance = parts.reduce((sum, part) => sum + part, 0);
  const units = estimates.reduce((sum, estimate) => sum + estimate.units, 0);
  if (variance === 0) return { status: 'ok', value, variance, units };
  const freedom = parts.reduce(
    (sum, part, place) => sum + (part / variance) ** 2 / ((estimates[place]?.units ?? 2) - 1),
    0,
  );
  return { status: 'ok', value, variance, units: 1 + 1 / freedom };
}
