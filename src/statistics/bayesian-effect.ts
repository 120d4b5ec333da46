import { checkProbability } from './check-argument.js';
import { normalDensity, normalQuantile, normalUpperTail } from './distributions.js';
import { insufficient, type Insufficient, type Interval } from './estimate.js';
import type { Direction } from './probability-best.js';

/** What was believed about the effect before the data. */
export interface EffectPrior {
  readonly mean: number;
  readonly standardDeviation: number;
}

/** Relative effects are mostly within ±60 %: shrinks the exaggeration of early winners. */
export const defaultEffectPrior: EffectPrior = { mean: 0, standardDeviation: 0.3 };

export interface BayesianEffect {
  readonly status: 'ok';
  readonly mean: number;
  readonly standardDeviation: number;
  /** Credible interval of mass 1 − alpha. */
  readonly interval: Interval;
  /** Chance that the treatment is better than the control. */
  readonly probabilityBetter: number;
  /** What choosing the treatment loses on average if it is the worse one; likewise the control. */
  readonly expectedLoss: { readonly treatment: number; readonly control: number };
}

/**
 * What to believe about an effect after the data: a normal prior and a normal likelihood, weighted by precision.
 *
 * Chance Φ(μ/s); loss of the treatment s φ(μ/s) − μ Φ(−μ/s), of the control s φ(μ/s) + μ Φ(μ/s).
 * Source: Gelman et al. 2013, Bayesian Data Analysis, section 2.5. Prior and estimate must be on the same scale.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example bayesianEffect({ effect: 0.05, standardError: 0.0433 }, null, { alpha: 0.05, direction: 'increase' }).probabilityBetter; // 0.876
 */
export function bayesianEffect(
  data: { readonly effect: number; readonly standardError: number },
  prior: EffectPrior | null,
  options: { readonly alpha: number; readonly direction: Direction },
): BayesianEffect | Insufficient {
  checkProbability('alpha', options.alpha);
  if (!(data.standardError > 0 && data.standardError < Infinity)) {
    return insufficient('The effect has no standard error yet.');
  }
  const dataPrecision = 1 / data.standardError ** 2;
  const priorPrecision = prior === null ? 0 : 1 / prior.standardDeviation ** 2;
  const precision = dataPrecision + priorPrecision;
  const mean = (data.effect * dataPrecision + (prior?.mean ?? 0) * priorPrecision) / precision;
  const standardDeviation = 1 / Math.sqrt(precision);
  const margin = -normalQuantile(options.alpha / 2) * standardDeviation;
  const gain = options.direction === 'increase' ? mean : -mean;
  const ratio = gain / standardDeviation;
  return {
    status: 'ok',
    mean,
    standardDeviation,
    interval: [mean - margin, mean + margin],
    probabilityBetter: normalUpperTail(-ratio),
    expectedLoss: {
      treatment: Math.max(0, standardDeviation * normalDensity(ratio) - gain * normalUpperTail(ratio)),
      control: Math.max(0, standardDeviation * normalDensity(ratio) + gain * normalUpperTail(-ratio)),
    },
  };
}
