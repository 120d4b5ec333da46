import { checkProbability } from './check-argument.js';
import { insufficient, type Estimate, type Insufficient } from './estimate.js';
import type { Direction } from './probability-best.js';
import { shareOf, type Proportion } from './proportion.js';

export interface BestVariantOptions {
  /** Chance that the variant found is not the best. */
  readonly delta: number;
  readonly direction: Direction;
}

export interface BestVariant {
  readonly status: 'ok';
  /** Whether the leader is surely the best, so that the search may stop. */
  readonly found: boolean;
  /** Number of the variant with the best figure. */
  readonly leader: number;
  /** The variant that is hardest to tell from it. */
  readonly challenger: number;
  /** ln of the likelihood ratio of "the leader is better than the challenger" against "it is not". */
  readonly logLikelihoodRatio: number;
  /** What this has to exceed: ln((K − 1)(1 + ln n) / δ) for n units in K variants. */
  readonly threshold: number;
}

/**
 * Whether the variant with the best rate is surely the best one, at any number of looks and under any weights.
 *
 * The least over rivals j of n_l kl(p_l, p) + n_j kl(p_j, p), with p the rate of both together and kl the relative entropy of
 * two coins, against ln((K − 1)(1 + ln n) / δ).
 * Source: Garivier, Kaufmann 2016, COLT (Chernoff's stopping rule, and the threshold of their experiments).
 *
 * @throws AssayError when delta lies outside (0, 1)
 * @example bestProportion([{ successes: 100, units: 1000 }, { successes: 160, units: 1000 }], { delta: 0.05, direction: 'increase' }).found; // true
 */
export function bestProportion(
  variants: readonly Proportion[],
  options: BestVariantOptions,
): BestVariant | Insufficient {
  const rivals = variants.map((variant) => ({ ...variant, value: shareOf(variant) }));
  return conclude(rivals, options, (leader, rival) => {
    const together = (leader.successes + rival.successes) / (leader.units + rival.units);
    return (
      leader.units * relativeEntropy(leader.value, together) +
      rival.units * relativeEntropy(rival.value, together)
    );
  });
}

/**
 * The same for means and any other figures with a standard error: (gap)² / (2 (v_l + v_j)).
 *
 * Needs approximately normal estimates: at least 25 units per variant.
 * Source: as `bestProportion`, for normal values with estimated variances.
 *
 * @throws AssayError when delta lies outside (0, 1)
 * @example bestEstimate([unitMean(control), unitMean(treatment)], { delta: 0.05, direction: 'decrease' });
 */
export function bestEstimate(
  variants: readonly Estimate[],
  options: BestVariantOptions,
): BestVariant | Insufficient {
  return conclude(variants, options, (leader, rival) => {
    const gap = leader.value - rival.value;
    return gap === 0 ? 0 : gap ** 2 / (2 * (leader.variance + rival.variance));
  });
}

function conclude<Variant extends { readonly value: number; readonly units: number }>(
  variants: readonly Variant[],
  { delta, direction }: BestVariantOptions,
  ratioOf: (leader: Variant, rival: Variant) => number,
): BestVariant | Insufficient {
  checkProbability('delta', delta);
  const empty = variants.findIndex(({ units }) => !(units > 0));
  if (empty >= 0) return insufficient(`Variant ${empty} has no units.`);
  const sign = direction === 'increase' ? 1 : -1;
  const ranked = [...variants.entries()].sort(([, a], [, b]) => sign * (b.value - a.value));
  const [first, ...rest] = ranked;
  if (!first || rest.length === 0) return insufficient('A best variant needs two to choose from.');
  const ratios = rest.map(([place, rival]) => ({ place, ratio: ratioOf(first[1], rival) }));
  const hardest = ratios.reduce((least, each) => (each.ratio < least.ratio ? each : least));
  const units = variants.reduce((sum, variant) => sum + variant.units, 0);
  const threshold = Math.log((rest.length * (1 + Math.log(units))) / delta);
  return {
    status: 'ok',
    found: hardest.ratio > threshold,
    leader: first[0],
    challenger: hardest.place,
    logLikelihoodRatio: hardest.ratio,
    threshold,
  };
}

/** kl(p, q) = p ln(p / q) + (1 − p) ln((1 − p) / (1 − q)). */
function relativeEntropy(p: number, q: number): number {
  const part = (own: number, other: number): number => (own > 0 ? own * Math.log(own / other) : 0);
  return Math.max(0, part(p, q) + part(1 - p, 1 - q));
}
