import type { Decision } from '../experiments/decision.js';
import type { Experiment } from '../experiments/experiment.js';
import type { Guardrail } from '../experiments/guardrail.js';
import type { Change } from '../lifecycle/change.js';
import { abortRollout } from '../rollouts/rollout-change.js';
import type { GuardrailVerdict } from './verdict.js';

/** What breached guardrails lead to. */
export type GuardrailResponse =
  | { readonly kind: 'none' }
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'kill'; readonly decision: Decision };

const severity: Readonly<Record<Guardrail['action'], number>> = { warn: 0, pause: 1, kill: 2 };

/**
 * The severest action that a breached guardrail asks for, with the verdicts as evidence.
 *
 * A pause during a rollout takes the rollout back. A warning is recorded once for each guardrail, variant and phase, however
 * long the breach lasts.
 *
 * @param past decisions recorded so far
 */
export function guardrailResponse(
  seen: Experiment,
  verdicts: readonly GuardrailVerdict[],
  past: readonly Decision[],
  now: Date,
): GuardrailResponse {
  const breached = verdicts.filter(({ status }) => status === 'breached');
  const worst = breached.reduce<GuardrailVerdict | null>(
    (most, verdict) =>
      most && severity[most.guardrail.action] >= severity[verdict.guardrail.action] ? most : verdict,
    null,
  );
  if (!worst) return { kind: 'none' };
  const { action } = worst.guardrail;
  const reason = breached.map(sentence).join('; ');
  const evidence = { phase: seen.phase, breached, verdicts };
  switch (action) {
    case 'warn':
      return warning(seen, breached, past);
    case 'kill':
      return { kind: 'kill', decision: { actor: 'guardrail', action: 'kill', reason, evidence } };
    case 'pause':
      return { kind: 'change', change: halt(seen, reason, evidence, now) };
  }
}

function halt(seen: Experiment, reason: string, evidence: Decision['evidence'], now: Date): Change {
  if (seen.status === 'rolling-out') return abortRollout({ seen, actor: 'guardrail', now }, reason, evidence);
  return {
    seen,
    patch: { status: 'paused' },
    decision: { actor: 'guardrail', action: 'pause', reason, evidence },
    schedule: 'freeze',
  };
}

function warning(
  seen: Experiment,
  breached: readonly GuardrailVerdict[],
  past: readonly Decision[],
): GuardrailResponse {
  const known = new Set(
    past.filter(({ actor, action }) => actor === 'guardrail' && action === 'warn').flatMap(warned),
  );
  const fresh = breached.filter((verdict) => !known.has(nameOf(verdict, seen.phase)));
  if (fresh.length === 0) return { kind: 'none' };
  const evidence = {
    phase: seen.phase,
    breached: fresh,
    warned: fresh.map((verdict) => nameOf(verdict, seen.phase)),
  };
  const decision: Decision = {
    actor: 'guardrail',
    action: 'warn',
    reason: fresh.map(sentence).join('; '),
    evidence,
  };
  return { kind: 'change', change: { seen, patch: {}, decision } };
}

function warned({ evidence }: Decision): string[] {
  return Array.isArray(evidence['warned']) ? (evidence['warned'] as string[]) : [];
}

function nameOf({ metric, side, threshold, variant }: GuardrailVerdict, phase: number): string {
  return `${variant}: ${metric} ${side} ${threshold} in phase ${phase}`;
}

function sentence({ variant, metric, side, threshold, bound, units, since }: GuardrailVerdict): string {
  const surely = bound === null ? '' : `, surely ${side} ${Number(bound.toPrecision(4))}`;
  const period = since === null ? '' : ` first exposed since ${since}`;
  return `${variant}: mean ${metric} is ${side} ${threshold}${surely} (${units} units${period})`;
}
