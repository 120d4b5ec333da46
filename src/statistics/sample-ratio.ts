import { chiSquareUpperTail } from './distributions.js';
import { insufficient, type Insufficient } from './estimate.js';
import { exactSum } from './exact-sum.js';
import { logDirichletMultinomial } from './dirichlet-multinomial.js';
import { quadraticForm } from './quadratic-form.js';

/** Newly assigned units of one weight epoch, per variant in a fixed order, with the weights they were assigned under. */
export interface EpochCounts {
  /** Counts of one epoch that came one after another share its number. @default an epoch of its own */
  readonly epoch?: number;
  /** Shares per variant; need not sum to exactly 1. */
  readonly weights: readonly number[];
  readonly units: readonly number[];
}

/** A variant received units while its weight was 0: something is broken, no test needed. */
export interface Impossible {
  readonly status: 'impossible';
  readonly reason: string;
}

export interface SampleRatioChiSquare {
  readonly status: 'ok';
  /** Units that the weights lead one to expect, per variant, over all epochs. */
  readonly expected: readonly number[];
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/**
 * Whether the variants received the units their weights promise (sample ratio mismatch, SRM), judged once at the end.
 *
 * X² = (O − E)' V⁻ (O − E) with O, E and V = Σ N_e (diag w_e − w_e w_e') summed over weight epochs; chi-square with the
 * rank of V as degrees of freedom. With one epoch this is Pearson's test.
 * Source: Pearson 1900; Fabijan et al. 2019, KDD (the use in experiments). Looked at repeatedly, use `sampleRatioSequential`.
 *
 * @example sampleRatioChiSquare([{ weights: [0.5, 0.5], units: [100, 140] }]); // { chiSquare: 6.67, pValue: 0.0098, … }
 */
export function sampleRatioChiSquare(
  epochs: readonly EpochCounts[],
): SampleRatioChiSquare | Impossible | Insufficient {
  const problem = inspect(epochs);
  if (problem) return problem;
  const variants = [...(epochs[0]?.units.keys() ?? [])];
  const expected = variants.map(() => 0);
  const surplus = variants.map(() => 0);
  const covariance = variants.map(() => variants.map(() => 0));
  for (const { weights, units } of epochs.map(normalise)) {
    const total = exactSum(units);
    for (const i of variants) {
      const weight = weights[i] ?? 0;
      expected[i] = (expected[i] ?? 0) + total * weight;
      surplus[i] = (surplus[i] ?? 0) + (units[i] ?? 0) - total * weight;
      const row = covariance[i] ?? [];
      for (const j of variants) {
        row[j] = (row[j] ?? 0) + total * ((i === j ? weight : 0) - weight * (weights[j] ?? 0));
      }
    }
  }
  const { value, rank } = quadraticForm(covariance, surplus);
  if (rank === 0) return insufficient('No epoch had two variants with a weight above 0.');
  return {
    status: 'ok',
    expected,
    chiSquare: value,
    degreesOfFreedom: rank,
    pValue: chiSquareUpperTail(value, rank),
  };
}

export interface SampleRatioSequential {
  readonly status: 'ok';
  /** Natural logarithm of the e-value; a mismatch at level alpha once it reaches ln(1 / alpha), however often one looks. */
  readonly logEValue: number;
  /** The largest it has been after any of the counts: evidence that was enough once is not taken back. At least 0. */
  readonly greatestLogEValue: number;
  /** min(1, 1 / e-value) at this look; the least over all looks is an anytime p-value. */
  readonly pValue: number;
}

/**
 * Whether the variants received the units their weights promise, valid at every look and under changing weights.
 *
 * Per weight epoch the Dirichlet-multinomial Bayes factor against the epoch's own weights; the epochs' e-values are
 * multiplied. What came before an epoch moves its prior: centre q_e ∝ w_e (O + k/2) / (E + k/2), concentration k + n, with
 * O, E, n over all counts before its first. Each factor is an e-value given the past, so the product is one.
 * Source: Lindon, Malek 2022, NeurIPS (arXiv 2011.03567), extended to epochs.
 *
 * @param counts in the order in which they came
 * @example sampleRatioSequential([{ weights: [0.5, 0.5], units: [100, 140] }], 100); // { logEValue: 1.75, pValue: 0.17, … }
 */
export function sampleRatioSequential(
  counts: readonly EpochCounts[],
  concentration = 200,
): SampleRatioSequential | Impossible | Insufficient {
  const problem = inspect(counts);
  if (problem) return problem;
  const priors = new Map<number, number[]>();
  const past: Past = { units: [], expected: [], total: 0 };
  let [logEValue, greatestLogEValue] = [0, 0];
  for (const [place, count] of counts.entries()) {
    const { weights, units } = normalise(count);
    const total = exactSum(units);
    if (total === 0) continue;
    const epoch = count.epoch ?? -1 - place;
    const prior = priors.get(epoch) ?? priorAfter(past, weights, concentration);
    logEValue += logDirichletMultinomial(prior, units) - logMultinomial(weights, units);
    greatestLogEValue = Math.max(greatestLogEValue, logEValue);
    priors.set(
      epoch,
      prior.map((pseudocount, variant) => pseudocount + (units[variant] ?? 0)),
    );
    weights.forEach((weight, variant) => {
      past.units[variant] = (past.units[variant] ?? 0) + (units[variant] ?? 0);
      past.expected[variant] = (past.expected[variant] ?? 0) + total * weight;
    });
    past.total += total;
  }
  return { status: 'ok', logEValue, greatestLogEValue, pValue: Math.min(1, Math.exp(-logEValue)) };
}

/** Per variant, all units so far and what the weights led one to expect. */
interface Past {
  readonly units: number[];
  readonly expected: number[];
  total: number;
}

/** Pseudocounts per variant of an epoch that begins after that. */
function priorAfter(
  { units, expected, total }: Past,
  weights: readonly number[],
  concentration: number,
): number[] {
  const half = concentration / 2;
  const tilted = weights.map(
    (weight, variant) => (weight * ((units[variant] ?? 0) + half)) / ((expected[variant] ?? 0) + half),
  );
  const scale = (concentration + total) / exactSum(tilted);
  return tilted.map((share) => share * scale);
}

function inspect(epochs: readonly EpochCounts[]): Impossible | Insufficient | null {
  for (const [place, { epoch, weights, units }] of epochs.entries()) {
    const variant = units.findIndex((count, candidate) => count > 0 && !((weights[candidate] ?? 0) > 0));
    if (variant >= 0) {
      const reason = `Variant ${variant} received ${units[variant] ?? 0} units in epoch ${epoch ?? place}, where its weight was 0.`;
      return { status: 'impossible', reason };
    }
  }
  const total = exactSum(epochs.map(({ units }) => exactSum(units)));
  return total > 0 ? null : insufficient('No units have been assigned yet.');
}

function normalise({ weights, units }: EpochCounts): EpochCounts {
  const total = exactSum(weights);
  return { weights: weights.map((weight) => (total > 0 ? weight / total : 0)), units };
}

function logMultinomial(weights: readonly number[], units: readonly number[]): number {
  return exactSum(units.map((count, variant) => (count > 0 ? count * Math.log(weights[variant] ?? 0) : 0)));
}
