import type { AdaptiveEpoch, AdaptiveEstimate } from './adaptive-epoch.js';
import type { Insufficient } from './estimate.js';

/** With fewer units of a variant a stratum has no variance of its own worth trusting, and is counted with the largest. */
const leastUnits = 10;

type Estimator = (epochs: readonly AdaptiveEpoch[]) => AdaptiveEstimate | Insufficient;

/**
 * An estimate over strata of units that came under weights of their own: each stratum estimated alone, then weighed by its
 * share of all units.
 *
 * Without strata epochs are weighed by the root of their propensities, which is harmless only while units are of one kind: a
 * leaf in which a variant got much would count more towards that variant. The variance is Σ p² se² + Σ p (v − mean)² / N, the
 * second part for shares that another sample of users would not repeat.
 * Source: Cochran 1977, Sampling Techniques, 3rd edition, sections 5.3 and 5A.9 (poststratification).
 *
 * @param variants numbers of those that are estimated
 * @param estimate estimates the units of some epochs as if they were all
 * @example overStrata(epochs, [0, 1], (own) => estimateOf(own)); // { value: 0.012, … }
 */
export function overStrata(
  epochs: readonly AdaptiveEpoch[],
  variants: readonly number[],
  estimate: Estimator,
): AdaptiveEstimate | Insufficient {
  let strata = pooled(strataOf(epochs), variants);
  if (strata.length < 2) return estimate(epochs);
  for (;;) {
    const estimates = strata.map(estimate);
    const failed = estimates.findIndex(({ status }) => status !== 'ok');
    if (failed === -1) return combined(strata, estimates.filter(isEstimate));
    if (strata.length === 1) return estimates[0] as Insufficient;
    strata = withoutStratum(strata, failed);
  }
}

function isEstimate(each: AdaptiveEstimate | Insufficient): each is AdaptiveEstimate {
  return each.status === 'ok';
}

function combined(
  strata: readonly (readonly AdaptiveEpoch[])[],
  estimates: readonly AdaptiveEstimate[],
): AdaptiveEstimate {
  const [only] = estimates;
  if (only && estimates.length === 1) return only;
  const units = strata.map(unitsOf);
  const total = units.reduce((sum, count) => sum + count, 0);
  const parts = estimates.map((each, place) => ({ ...each, share: (units[place] ?? 0) / total }));
  const value = parts.reduce((sum, part) => sum + part.share * part.value, 0);
  const within = parts.map((part) => (part.share * part.standardError) ** 2);
  const variance = within.reduce((sum, part) => sum + part, 0);
  const between = parts.reduce((sum, part) => sum + part.share * (part.value - value) ** 2, 0) / total;
  const worth = within.reduce((sum, part, place) => sum + part ** 2 / (parts[place]?.effectiveUnits ?? 1), 0);
  return {
    status: 'ok',
    value,
    standardError: Math.sqrt(variance + between),
    // Satterthwaite's.
    effectiveUnits: variance ** 2 / worth,
  };
}

function strataOf(epochs: readonly AdaptiveEpoch[]): AdaptiveEpoch[][] {
  const strata = new Map<string, AdaptiveEpoch[]>();
  for (const epoch of epochs) {
    const name = epoch.stratum ?? '';
    strata.set(name, [...(strata.get(name) ?? []), epoch]);
  }
  return [...strata.values()];
}

function pooled(strata: readonly AdaptiveEpoch[][], variants: readonly number[]): AdaptiveEpoch[][] {
  const small = strata.findIndex((epochs) =>
    variants.some(
      (variant) => epochs.reduce((sum, epoch) => sum + (epoch.variants[variant]?.units ?? 0), 0) < leastUnits,
    ),
  );
  if (small === -1 || strata.length === 1) return [...strata];
  return pooled(withoutStratum(strata, small), variants);
}

/** The stratum's epochs with those of the largest other one. */
function withoutStratum(strata: readonly AdaptiveEpoch[][], place: number): AdaptiveEpoch[][] {
  const taken = strata[place] ?? [];
  const others = strata.filter((_, other) => other !== place);
  const sizes = others.map(unitsOf);
  const largest = sizes.indexOf(Math.max(...sizes));
  return others.map((epochs, other) => (other === largest ? [...epochs, ...taken] : epochs));
}

function unitsOf(epochs: readonly AdaptiveEpoch[]): number {
  return epochs.reduce((sum, { variants }) => sum + variants.reduce((own, { units }) => own + units, 0), 0);
}
