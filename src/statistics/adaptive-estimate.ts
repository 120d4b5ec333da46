import type { AdaptiveEpoch, AdaptiveEstimate, EpochTotals } from './adaptive-epoch.js';
import { overStrata } from './adaptive-strata.js';
import { insufficient, type Insufficient } from './estimate.js';

export type { AdaptiveEpoch, AdaptiveEstimate, EpochTotals };

export interface AdaptiveOptions {
  /** Weight of an epoch: by the root of its propensity (least variance), or all units alike. @default 'adaptive' */
  readonly weighting?: 'adaptive' | 'uniform';
  /** What a variant's mean is taken for before its first unit. @default 0.5 */
  readonly guess?: number;
  /**
   * 'epoch' moves every μ_e by the mean residual of the epoch's units, all variants together. What the epoch did to
   * everyone (a better week, a first guess that was far off) then adds no variance, at a bias of order 1 / units. Instead
   * of `guess`, which knows no scale, a variant without units of its own is taken for the mean of all earlier units.
   * @default 'none'
   */
  readonly centring?: 'none' | 'epoch';
}

/** A variant that was given to fewer than 1 in 200 has no trustworthy standard error. */
const smallestPropensity = 0.005;

/**
 * The mean of one variant although the weights followed the data (a bandit): plain means are biased then.
 *
 * φ_i = μ_e + 1{A_i = g} (Y_i − μ_e) / w_e with μ_e from earlier epochs only; mean Σ h_e φ_i / Σ h_e with h_e = √w_e,
 * variance Σ h_e² (φ_i − mean)² / (Σ h_e)². Only totals per epoch are needed. Feed the standard error to
 * `confidenceSequence` to look at any time. Epochs in which the variant could not be drawn are passed over.
 * Source: Hadad, Hirshberg, Zhan, Wager, Athey 2021, PNAS 118:15.
 *
 * @example adaptiveMean(epochs, 1); // { value: 0.143, standardError: 0.028, … }
 */
export function adaptiveMean(
  epochs: readonly AdaptiveEpoch[],
  variant: number,
  options: AdaptiveOptions = {},
): AdaptiveEstimate | Insufficient {
  return combine(epochs, [{ variant, sign: 1 }], options);
}

/**
 * The difference of two variants' means (treatment − control) although the weights followed the data.
 *
 * φ_i(treatment) − φ_i(control) per unit, with h_e = (1/w_control + 1/w_treatment)^(−1/2). Source: as `adaptiveMean`.
 *
 * @example adaptiveDifference(epochs, 0, 1); // { value: −0.002, standardError: 0.049, … }
 */
export function adaptiveDifference(
  epochs: readonly AdaptiveEpoch[],
  control: number,
  treatment: number,
  options: AdaptiveOptions = {},
): AdaptiveEstimate | Insufficient {
  const contrast = [
    { variant: treatment, sign: 1 },
    { variant: control, sign: -1 },
  ];
  return combine(epochs, contrast, options);
}

interface Term {
  readonly variant: number;
  readonly sign: number;
}

/** One epoch as the contrast sees it: every unit has `base`, units of a variant of the contrast a correction on top. */
interface EpochScore {
  readonly weight: number;
  readonly units: number;
  readonly base: number;
  readonly corrections: readonly (EpochTotals & { readonly mean: number; readonly scale: number })[];
}

function combine(
  epochs: readonly AdaptiveEpoch[],
  contrast: readonly Term[],
  options: AdaptiveOptions,
): AdaptiveEstimate | Insufficient {
  const least = leastChance(epochs, contrast);
  if (least < smallestPropensity) {
    return insufficient(
      `A variant had a probability of ${least}; below ${smallestPropensity} its mean cannot be told.`,
    );
  }
  const variants = contrast.map(({ variant }) => variant);
  return overStrata(epochs, variants, (own) => combineAlike(own, contrast, options));
}

function leastChance(epochs: readonly AdaptiveEpoch[], contrast: readonly Term[]): number {
  const chances = epochs.flatMap((epoch) => contrast.map(({ variant }) => epoch.propensities[variant] ?? 0));
  return Math.min(...chances.filter((chance) => chance > 0));
}

/** The estimate where all units are of one kind. */
function combineAlike(
  epochs: readonly AdaptiveEpoch[],
  contrast: readonly Term[],
  options: AdaptiveOptions,
): AdaptiveEstimate | Insufficient {
  const scores = scoreEpochs(epochs, contrast, options).filter(
    ({ weight, units }) => weight > 0 && units > 0,
  );
  const total = scores.reduce((sum, { weight, units }) => sum + weight * units, 0);
  const squaredWeights = scores.reduce((sum, { weight, units }) => sum + weight ** 2 * units, 0);
  const seen = contrast.every(({ variant }) =>
    epochs.some((epoch) => (epoch.variants[variant]?.units ?? 0) > 0),
  );
  if (!seen || total === 0) return insufficient('A variant has no matured units yet.');
  const value = scores.reduce((sum, score) => sum + score.weight * sumOf(score), 0) / total;
  const squares = scores.reduce((sum, score) => sum + score.weight ** 2 * squaresAround(score, value), 0);
  if (squares === 0) return insufficient('All units have the same value.');
  return {
    status: 'ok',
    value,
    standardError: Math.sqrt(squares) / total,
    effectiveUnits: total ** 2 / squaredWeights,
  };
}

function scoreEpochs(
  epochs: readonly AdaptiveEpoch[],
  contrast: readonly Term[],
  { weighting = 'adaptive', guess = 0.5, centring = 'none' }: AdaptiveOptions,
): EpochScore[] {
  const past: { units: number; sum: number }[] = [];
  return epochs.map((epoch) => {
    const centre = centring === 'epoch' ? meanOf(past) : guess;
    const expected = epoch.variants.map((_, variant) => {
      const before = past[variant] ?? { units: 0, sum: 0 };
      return (before.sum + centre) / (before.units + 1);
    });
    const shift = centring === 'epoch' ? meanResidual(epoch.variants, expected) : 0;
    const means = expected.map((mean) => mean + shift);
    epoch.variants.forEach(({ units, sum }, variant) => {
      const before = past[variant] ?? { units: 0, sum: 0 };
      past[variant] = { units: before.units + units, sum: before.sum + sum };
    });
    const corrections = contrast.map(({ variant, sign }) => ({
      ...(epoch.variants[variant] ?? { units: 0, sum: 0, squares: 0 }),
      mean: means[variant] ?? guess,
      scale: sign / (epoch.propensities[variant] ?? 0),
    }));
    const possible = corrections.every(({ scale }) => Number.isFinite(scale));
    const spread = corrections.reduce((sum, { scale }) => sum + Math.abs(scale), 0);
    const own = weighting === 'uniform' ? 1 : 1 / Math.sqrt(spread);
    return {
      weight: possible ? own : 0,
      units: epoch.variants.reduce((sum, { units }) => sum + units, 0),
      base: contrast.reduce((sum, { sign, variant }) => sum + sign * (means[variant] ?? guess), 0),
      corrections,
    };
  });
}

/** Of all units so far; 0 before the first, which is as good as anything since the epoch's own mean is added. */
function meanOf(past: readonly { readonly units: number; readonly sum: number }[]): number {
  const units = past.reduce((sum, own) => sum + own.units, 0);
  return units > 0 ? past.reduce((sum, own) => sum + own.sum, 0) / units : 0;
}

function meanResidual(variants: readonly EpochTotals[], expected: readonly number[]): number {
  const units = variants.reduce((sum, own) => sum + own.units, 0);
  const residual = variants.reduce(
    (sum, own, place) => sum + own.sum - own.units * (expected[place] ?? 0),
    0,
  );
  return units > 0 ? residual / units : 0;
}

function sumOf({ units, base, corrections }: EpochScore): number {
  return corrections.reduce(
    (sum, part) => sum + part.scale * (part.sum - part.units * part.mean),
    units * base,
  );
}

/** Σ (φ_i − centre)² over the epoch's units, from totals. */
function squaresAround({ units, base, corrections }: EpochScore, centre: number): number {
  const offset = base - centre;
  const others = units - corrections.reduce((sum, part) => sum + part.units, 0);
  return corrections.reduce(
    (sum, part) => {
      if (part.units === 0) return sum;
      const average = offset + part.scale * (part.sum / part.units - part.mean);
      return sum + part.units * average ** 2 + part.scale ** 2 * part.squares;
    },
    others * offset ** 2,
  );
}
