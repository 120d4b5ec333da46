import { studentUpperQuantile } from './distributions.js';
import { checkProbability } from './check-argument.js';
import { insufficient, type Insufficient, type Interval, type VariantEstimate } from './estimate.js';
import { jackknifeRatio } from './ratio.js';

/** One unit's events, and how many of them were served as its variant says. */
export interface ServedUnit {
  readonly sum: number;
  readonly events: number;
  readonly served: number;
}

/** What being served a variant does, where it was not served to everyone who was to have it. */
export interface ComplierEffect {
  readonly status: 'ok';
  readonly effect: number;
  /** Confidence interval at 1 − alpha. */
  readonly interval: Interval;
  /** Share of the treatment's events that were served as assigned. */
  readonly served: number;
}

/** Below this F statistic of the first stage a t interval is too short (Lee, McCrary, Moreira, Porter 2022). */
const strongInstrument = 104.7;

/**
 * The effect per event served, by the assignment as an instrument: τ = (R_t − R_c) / p, with R = Σ S_u / Σ N_u as assigned and p
 * the share of the treatment's events that it served. The control serves none.
 *
 * Variance by units, (v_t + v_c) / p², v the jackknife variance of the ratio of Σ (S_u − τ K_u) to Σ N_u, K_u the unit's served
 * events: as two-stage least squares with errors clustered by unit. Student's t at the Welch–Satterthwaite degrees of freedom.
 *
 * It is the average effect over those whom the variant reaches if (1) units are assigned at random, (2) the assignment
 * works through what is served and in no other way, (3) control's units are never served the treatment. Nothing in the data proves (2).
 * Sources: Imbens, Angrist 1994, Econometrica 62:467; Angrist, Imbens, Rubin 1996, JASA 91:444 (the assumptions); Angrist,
 * Imbens 1995, JASA 90:431 (served in part); Lee, McCrary, Moreira, Porter 2022, American Economic Review 112:3260.
 *
 * @throws AssayError when alpha lies outside (0, 1)
 * @example complierEffect(control, treatment, 0.05).effect; // 0.21, where 0.2 as assigned and 95 % served
 */
export function complierEffect(
  control: readonly ServedUnit[],
  treatment: readonly ServedUnit[],
  alpha: number,
): ComplierEffect | Insufficient {
  checkProbability('alpha', alpha);
  if (control.some(({ served }) => served > 0))
    return insufficient('Units of the control were served the treatment.');
  const served = ratio(treatment, ({ served: own }) => own);
  const [base, assigned] = [ratio(control, ({ sum }) => sum), ratio(treatment, ({ sum }) => sum)];
  if (served.status !== 'ok') return served;
  if (base.status !== 'ok') return base;
  if (assigned.status !== 'ok') return assigned;
  if (served.value ** 2 < strongInstrument * served.variance || served.value === 0)
    return insufficient('Too little was served as assigned.');
  const effect = (assigned.value - base.value) / served.value;
  const rest = ratio(treatment, (unit) => unit.sum - effect * unit.served);
  if (rest.status !== 'ok') return rest;
  const variance = rest.variance + base.variance;
  if (variance === 0) return insufficient('Within each variant all units have the same value.');
  const degreesOfFreedom =
    variance ** 2 / (rest.variance ** 2 / (rest.units - 1) + base.variance ** 2 / (base.units - 1));
  const margin = (studentUpperQuantile(alpha / 2, degreesOfFreedom) * Math.sqrt(variance)) / served.value;
  return { status: 'ok', effect, interval: [effect - margin, effect + margin], served: served.value };
}

function ratio(units: readonly ServedUnit[], of: (unit: ServedUnit) => number): VariantEstimate {
  // The ratio's variance by units does not look at squares within them.
  return jackknifeRatio(units.map((unit) => ({ sum: of(unit), events: unit.events, sumSquares: 0 })));
}
