import { checkProbability } from './check-argument.js';
import { betaQuantile, normalQuantile } from './distributions.js';
import type { Interval } from './estimate.js';

/** How many of a variant's units did it. One answer per unit: events of the same unit do not count apart. */
export interface Proportion {
  readonly successes: number;
  readonly units: number;
}

/**
 * The share of successes; 0 without units.
 *
 * @example shareOf({ successes: 3, units: 20 }); // 0.15
 */
export function shareOf({ successes, units }: Proportion): number {
  return units > 0 ? successes / units : 0;
}

/** Successes or failures below which a share is not near enough to normal. */
const fewAnswers = 10;

/**
 * Whether successes or failures are so few that score methods are needed.
 *
 * @example hasFewAnswers({ successes: 3, units: 600 }); // true
 */
export function hasFewAnswers({ successes, units }: Proportion): boolean {
  return Math.min(successes, units - successes) < fewAnswers;
}

/**
 * The Wilson score interval of one proportion: good from a handful of units on. Without units it is [0, 1].
 *
 * (p + z²/2n ± z √(p q / n + z²/4n²)) / (1 + z²/n). Source: Wilson 1927, JASA 22:209.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example wilsonInterval({ successes: 10, units: 100 }, 0.05); // [0.055, 0.174]
 */
export function wilsonInterval(proportion: Proportion, alpha: number): Interval {
  checkProbability('alpha', alpha);
  const { successes, units } = proportion;
  if (units === 0) return [0, 1];
  const share = shareOf(proportion);
  const square = normalQuantile(alpha / 2) ** 2;
  const centre = share + square / (2 * units);
  const spread = Math.sqrt((square * share * (1 - share)) / units + square ** 2 / (4 * units ** 2));
  const low = (centre - spread) / (1 + square / units);
  const high = (centre + spread) / (1 + square / units);
  return [successes === 0 ? 0 : low, successes === units ? 1 : high];
}

/**
 * The Clopper–Pearson interval of one proportion: holds its level at every number of units, at the price of width.
 *
 * Quantiles of Beta(x, n − x + 1) and Beta(x + 1, n − x). Source: Clopper, Pearson 1934, Biometrika 26:404.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example clopperPearsonInterval({ successes: 10, units: 100 }, 0.05); // [0.049, 0.176]
 */
export function clopperPearsonInterval({ successes, units }: Proportion, alpha: number): Interval {
  checkProbability('alpha', alpha);
  const low = successes === 0 ? 0 : betaQuantile(alpha / 2, successes, units - successes + 1);
  const high = successes === units ? 1 : 1 - betaQuantile(alpha / 2, units - successes, successes + 1);
  return [low, high];
}
