import { checkPositive, checkProbability } from './check-argument.js';
import { normalQuantile, normalUpperTail } from './distributions.js';

/** How the false-alarm probability is spread over the looks. */
export type Spending =
  | { readonly kind: 'obrien-fleming' }
  | { readonly kind: 'pocock' }
  | { readonly kind: 'power'; readonly exponent: number }
  | { readonly kind: 'hwang-shih-decani'; readonly gamma: number };

/**
 * The one-sided false-alarm probability that may be spent by the time a share t of the information is in.
 *
 * - `obrien-fleming`: 2 (1 − Φ(z_{1−α/2} / √t)), hardly anything early;
 * - `pocock`: α ln(1 + (e − 1) t), about the same at every look;
 * - `power`: α t^exponent;
 * - `hwang-shih-decani`: α (1 − e^(−γt)) / (1 − e^(−γ)).
 *
 * Source: Lan, DeMets 1983, Biometrika 70:659; Kim, DeMets 1987; Hwang, Shih, DeCani 1990, Statistics in Medicine 9:1439.
 *
 * @throws AssayError when alpha lies outside (0, 1), or an exponent is not positive
 * @example alphaSpent({ kind: 'obrien-fleming' }, 0.025, 0.5); // 0.00153
 */
export function alphaSpent(spending: Spending, alpha: number, informationFraction: number): number {
  checkProbability('alpha', alpha);
  const t = Math.min(1, informationFraction);
  if (!(t > 0)) return 0;
  switch (spending.kind) {
    case 'obrien-fleming':
      return 2 * normalUpperTail(-normalQuantile(alpha / 2) / Math.sqrt(t));
    case 'pocock':
      return alpha * Math.log1p((Math.E - 1) * t);
    case 'power':
      checkPositive('exponent', spending.exponent);
      return alpha * t ** spending.exponent;
    case 'hwang-shih-decani':
      return spending.gamma === 0
        ? alpha * t
        : (alpha * Math.expm1(-spending.gamma * t)) / Math.expm1(-spending.gamma);
  }
}
