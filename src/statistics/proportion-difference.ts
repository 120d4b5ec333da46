import { checkProbability } from './check-argument.js';
import { normalQuantile, normalUpperTail } from './distributions.js';
import { insufficient, type Insufficient, type Interval } from './estimate.js';
import { shareOf, wilsonInterval, type Proportion } from './proportion.js';

export interface ProportionInterval {
  readonly status: 'ok';
  /** Treatment minus control. */
  readonly difference: number;
  readonly interval: Interval;
}

/**
 * Newcombe's interval for a difference of two proportions, out of their Wilson intervals (his method 10).
 *
 * d − √((p_b − l_b)² + (u_a − p_a)²), d + √((u_b − p_b)² + (p_a − l_a)²). Source: Newcombe 1998, Statistics in Medicine 17:873.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example newcombeInterval({ successes: 10, units: 100 }, { successes: 15, units: 100 }, 0.05); // [−0.044, 0.144]
 */
export function newcombeInterval(
  control: Proportion,
  treatment: Proportion,
  alpha: number,
): ProportionInterval | Insufficient {
  const [lowA, highA] = wilsonInterval(control, alpha);
  const [lowB, highB] = wilsonInterval(treatment, alpha);
  if (control.units === 0 || treatment.units === 0) return noUnits();
  const [a, b] = [shareOf(control), shareOf(treatment)];
  const difference = b - a;
  const low = difference - Math.hypot(b - lowB, highA - a);
  const high = difference + Math.hypot(highB - b, a - lowA);
  return { status: 'ok', difference, interval: [low, high] };
}

/**
 * The Agresti–Caffo interval for a difference of two proportions: Wald's after one success and one failure are added to each.
 *
 * Source: Agresti, Caffo 2000, The American Statistician 54:280.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example agrestiCaffoInterval({ successes: 10, units: 100 }, { successes: 15, units: 100 }, 0.05); // [−0.044, 0.142]
 */
export function agrestiCaffoInterval(
  control: Proportion,
  treatment: Proportion,
  alpha: number,
): ProportionInterval | Insufficient {
  checkProbability('alpha', alpha);
  if (control.units === 0 || treatment.units === 0) return noUnits();
  const a = (control.successes + 1) / (control.units + 2);
  const b = (treatment.successes + 1) / (treatment.units + 2);
  const variance = (a * (1 - a)) / (control.units + 2) + (b * (1 - b)) / (treatment.units + 2);
  const margin = -normalQuantile(alpha / 2) * Math.sqrt(variance);
  const difference = shareOf(treatment) - shareOf(control);
  return { status: 'ok', difference, interval: [b - a - margin, b - a + margin] };
}

/**
 * The two-sided p-value of "the proportions are equal" by the pooled z-test; 1 when nobody or everybody succeeded.
 *
 * Source: Fleiss, Levin, Paik 2003, Statistical Methods for Rates and Proportions, chapter 3 (no continuity correction).
 *
 * @example pooledPValue({ successes: 10, units: 100 }, { successes: 15, units: 100 }); // 0.285
 */
export function pooledPValue(control: Proportion, treatment: Proportion): number | Insufficient {
  if (control.units === 0 || treatment.units === 0) return noUnits();
  const units = control.units + treatment.units;
  const pooled = (control.successes + treatment.successes) / units;
  const variance = pooled * (1 - pooled) * (1 / control.units + 1 / treatment.units);
  if (variance === 0) return 1;
  return 2 * normalUpperTail(Math.abs(shareOf(treatment) - shareOf(control)) / Math.sqrt(variance));
}

/**
 * The interval for the ratio of two proportions p_b / p_a on the log scale (risk ratio).
 *
 * exp(ln(p_b/p_a) ± z √(1/x_a − 1/n_a + 1/x_b − 1/n_b)). Source: Katz et al. 1978, Biometrics 34:469.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example riskRatioInterval({ successes: 10, units: 100 }, { successes: 15, units: 100 }, 0.05); // [0.71, 3.18]
 */
export function riskRatioInterval(
  control: Proportion,
  treatment: Proportion,
  alpha: number,
): { readonly status: 'ok'; readonly ratio: number; readonly interval: Interval } | Insufficient {
  checkProbability('alpha', alpha);
  if (control.successes === 0 || treatment.successes === 0) {
    return insufficient('A ratio of proportions needs a success in each variant.');
  }
  const ratio = shareOf(treatment) / shareOf(control);
  const inverse = ({ successes, units }: Proportion): number => 1 / successes - 1 / units;
  const margin = -normalQuantile(alpha / 2) * Math.sqrt(inverse(control) + inverse(treatment));
  return { status: 'ok', ratio, interval: [ratio * Math.exp(-margin), ratio * Math.exp(margin)] };
}

function noUnits(): Insufficient {
  return insufficient('A variant has no units.');
}
