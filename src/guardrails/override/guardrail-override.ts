import type { RecordedDecision } from '../../experiments/decision.js';
import type { Experiment } from '../../experiments/experiment.js';
import type { Guardrail } from '../../experiments/guardrail.js';
import type { Fault } from '../../operations/assay-error.js';

/** A person's word that a guardrail is to take no action for a while. */
export interface GuardrailOverride {
  readonly metric: string;
  /** Null = every variant. */
  readonly variant: string | null;
  readonly until: Date;
  readonly reason: string;
  /** Who overrode it. */
  readonly actor: string;
  readonly at: Date;
}

/** The action under which overrides are recorded. */
export const overrideAction = 'override guardrail';

/** The overrides in force, newest first. */
export function overridesIn(decisions: readonly RecordedDecision[], now: Date): GuardrailOverride[] {
  return decisions
    .filter(({ action }) => action === overrideAction)
    .map(({ actor, reason, at, evidence }) => ({
      metric: String(evidence['metric']),
      variant: typeof evidence['variant'] === 'string' ? evidence['variant'] : null,
      until: new Date(String(evidence['until'])),
      reason,
      actor,
      at,
    }))
    .filter(({ until }) => until > now);
}

/** Until when the guardrail takes no action on the variant; null = it acts. */
export function overriddenUntil(
  overrides: readonly GuardrailOverride[],
  { metric }: Guardrail,
  variant: string,
): Date | null {
  const own = overrides.filter(
    (override) => override.metric === metric && (override.variant ?? variant) === variant,
  );
  return own.reduce<Date | null>((latest, { until }) => (latest && latest > until ? latest : until), null);
}

/** Why an override is refused, field by field; empty when it can be. */
export function overrideFaults(
  { guardrails, variants }: Pick<Experiment, 'guardrails' | 'variants'>,
  { metric, variant, until }: Pick<GuardrailOverride, 'metric' | 'variant' | 'until'>,
  now: Date,
): Fault[] {
  const guarded = [...new Set(guardrails.map((guardrail) => guardrail.metric))];
  const keys = variants.map(({ key }) => key);
  const faults: Fault[] = [];
  if (!guarded.includes(metric)) {
    const known = guarded.length === 0 ? 'there are none' : `they are on ${guarded.join(', ')}`;
    faults.push({ pointer: '/metric', message: `no guardrail is on "${metric}"; ${known}` });
  }
  if (variant !== null && !keys.includes(variant)) {
    faults.push({
      pointer: '/variant',
      message: `"${variant}" is not a variant; the variants are ${keys.join(', ')}`,
    });
  }
  if (until <= now) {
    faults.push({
      pointer: '/until',
      message: `${until.toISOString()} has passed; it is ${now.toISOString()}`,
    });
  }
  return faults;
}
