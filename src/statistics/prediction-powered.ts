import { checkProbability } from './check-argument.js';
import { normalQuantile } from './distributions.js';
import { insufficient, type Estimate, type Insufficient, type Interval } from './estimate.js';
import { exactSum } from './exact-sum.js';

/** Items of one variant: some judged by people and by the judge model, many by the judge model only. */
export interface JudgedItems {
  /** People's labels on a random sample. */
  readonly human: readonly number[];
  /** The judge's labels on the same items, in the same order. */
  readonly judgeOnSame: readonly number[];
  /** The judge's labels on the other items. */
  readonly judgeElsewhere: readonly number[];
}

export interface PredictionPowered extends Estimate {
  /** How far the judge is relied on: 0 not at all, 1 fully. */
  readonly reliance: number;
  readonly interval: Interval;
}

/**
 * The mean that people would give, from few human labels and many of an LLM judge whose errors the human ones correct.
 *
 * θ = mean(Y) + λ (mean of f elsewhere − mean of f on the same), V = λ² var(f) / N + var(Y − λ f) / n, with
 * λ = clip(cov(Y, f) / ((1 + n/N) var f), 0, 1): never worse than people alone. The human sample must be random.
 * Variances have divisor n; the result is an estimate that `compareEstimates` can compare between variants.
 * Source: Angelopoulos, Duchi, Zrnic 2023 (PPI++, arXiv 2311.01453).
 *
 * @throws AssayError when alpha or a given reliance lies out of range
 * @example predictionPoweredMean({ human, judgeOnSame, judgeElsewhere }, 0.05); // { value: 0.59, interval: [0.52, 0.66], … }
 */
export function predictionPoweredMean(
  items: JudgedItems,
  alpha: number,
  /** Fixes λ: 0 is people alone, 1 the original PPI. @default the λ of least variance */
  reliance?: number,
): PredictionPowered | Insufficient {
  checkProbability('alpha', alpha);
  const { human, judgeOnSame, judgeElsewhere } = items;
  if (human.length < 2) return insufficient(`Too few labels by people, ${human.length} of the 2 needed.`);
  if (human.length !== judgeOnSame.length) {
    return insufficient(
      `${human.length} human labels but ${judgeOnSame.length} of the judge on the same items.`,
    );
  }
  const lambda = judgeElsewhere.length === 0 ? 0 : (reliance ?? bestReliance(items));
  const corrected = human.map((label, item) => label - lambda * (judgeOnSame[item] ?? 0));
  const value = mean(corrected) + (lambda === 0 ? 0 : lambda * mean(judgeElsewhere));
  const elsewhere = lambda === 0 ? 0 : (lambda ** 2 * spread(judgeElsewhere)) / judgeElsewhere.length;
  const variance = elsewhere + spread(corrected) / human.length;
  if (variance === 0) return insufficient('All labels are the same.');
  const margin = -normalQuantile(alpha / 2) * Math.sqrt(variance);
  const interval: Interval = [value - margin, value + margin];
  return { status: 'ok', value, variance, units: human.length, reliance: lambda, interval };
}

function bestReliance({ human, judgeOnSame, judgeElsewhere }: JudgedItems): number {
  const [labels, judged] = [mean(human), mean(judgeOnSame)];
  const products = human.map((label, item) => (label - labels) * ((judgeOnSame[item] ?? 0) - judged));
  const variance = spread([...judgeOnSame, ...judgeElsewhere]);
  if (variance === 0) return 0;
  const share = human.length / judgeElsewhere.length;
  return Math.min(1, Math.max(0, mean(products) / ((1 + share) * variance)));
}

function mean(values: readonly number[]): number {
  return exactSum(values) / values.length;
}

function spread(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}
