import type { Metric } from '../../catalogue/metric.js';
import { compareEstimates } from '../../statistics/difference.js';
import { insufficient, type Estimate, type VariantEstimate } from '../../statistics/estimate.js';
import type { PartDifference } from '../../statistics/inverse-variance.js';
import { finite, finiteInterval } from '../finite.js';
import { withMissingUnits } from '../measurement/missing-units.js';
import { variantEstimate } from '../measurement/variant-estimate.js';
import type { Stratum } from './strata.js';
import type { Effect } from './time-effects.js';

/** Units that each variant needs in a part, before the part is tested against others; see `heterogeneity`. */
export const leastPartUnits = 50;

/** The difference in one part of the time, with all that comparing the parts takes. */
export interface PartEffect {
  readonly effect: Effect;
  /** Null where the part is too small to be tested, or nothing varies in it. */
  readonly tested: PartDifference | null;
  /** The two figures; null where a variant has none. */
  readonly estimates: { readonly control: Estimate; readonly treatment: Estimate } | null;
  readonly reason: string | null;
}

/**
 * The difference over the units of one part of the time.
 *
 * Under changing weights: θ_g = Σ h_e R_ge, v_g = Σ h_e² v_ge over periods e of constant weights, with the same shares
 * h_e ∝ 1 / (1 / U_ce + 1 / U_te) for both variants; degrees of freedom by Satterthwaite. Periods in which a variant has no
 * figure are left out.
 * Source: Cochran 1954, Biometrics 10:417 (the weights); Satterthwaite 1946, Biometrics Bulletin 2:110.
 *
 * @example partEffect(strataOf(byDay, pair, 'user_rating', periods, isMonday), metric, 0.05).effect.difference; // 0.21
 */
export function partEffect(strata: readonly Stratum[], metric: Metric, alpha: number): PartEffect {
  const sides = strata.map(({ control, treatment }) =>
    [control, treatment].map((each) => variantEstimate(withMissingUnits(each, metric), metric)),
  );
  const usable = sides.flatMap(([control, treatment]) =>
    control?.status === 'ok' && treatment?.status === 'ok' ? [{ control, treatment }] : [],
  );
  const shares = harmonicShares(usable);
  const control = average(
    usable.map((each) => each.control),
    shares,
    sides[0]?.[0],
  );
  const treatment = average(
    usable.map((each) => each.treatment),
    shares,
    sides[0]?.[1],
  );
  const counts = [
    sumOf(usable.map((each) => each.control.units)),
    sumOf(usable.map((each) => each.treatment.units)),
  ];
  const compared = compareEstimates(control, treatment, alpha);
  const estimates =
    control.status === 'ok' && treatment.status === 'ok'
      ? { control: { ...control, units: counts[0] ?? 0 }, treatment: { ...treatment, units: counts[1] ?? 0 } }
      : null;
  const effect: Effect = {
    units: sumOf(counts),
    difference: compared.status === 'insufficient' ? null : finite(compared.difference),
    interval: compared.status === 'ok' ? finiteInterval(compared.interval) : null,
  };
  if (compared.status !== 'ok') return { effect, tested: null, estimates, reason: compared.reason };
  const tested =
    Math.min(...counts) < leastPartUnits
      ? null
      : { difference: compared.difference, variance: compared.standardError ** 2 };
  return { effect, tested, estimates, reason: null };
}

function harmonicShares(pairs: readonly { control: Estimate; treatment: Estimate }[]): number[] {
  const sizes = pairs.map(({ control, treatment }) => 1 / (1 / control.units + 1 / treatment.units));
  const total = sumOf(sizes);
  return sizes.map((size) => size / total);
}

function average(
  estimates: readonly Estimate[],
  shares: readonly number[],
  first: VariantEstimate | undefined,
): VariantEstimate {
  if (estimates.length === 0) return first?.status === 'insufficient' ? first : nothingShared();
  const share = (place: number) => shares[place] ?? 0;
  const value = sumOf(estimates.map((estimate, place) => share(place) * estimate.value));
  const parts = estimates.map(({ variance }, place) => share(place) ** 2 * variance);
  const variance = sumOf(parts);
  if (variance === 0)
    return { status: 'ok', value, variance, units: sumOf(estimates.map(({ units }) => units)) };
  const freedom = sumOf(
    parts.map((part, place) => (part / variance) ** 2 / ((estimates[place]?.units ?? 2) - 1)),
  );
  return { status: 'ok', value, variance, units: 1 + 1 / freedom };
}

function nothingShared(): VariantEstimate {
  return insufficient('Too few units at a time at which both variants had some.');
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
