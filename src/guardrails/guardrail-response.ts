import type { Decision } from '../experiments/decision.js';
import type { Experiment } from '../experiments/experiment.js';
import { severityOf } from '../experiments/guardrail.js';
import type { Change } from '../lifecycle/change.js';
import { breachReason, newWarning } from './breach-reason.js';
import { paused, rolledBack, zeroed, type LeafWeights } from './guardrail-change.js';
import type { GuardrailVerdict } from './verdict.js';

/** What breached guardrails lead to. */
export type GuardrailResponse =
  | { readonly kind: 'none' }
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'kill'; readonly decision: Decision };

/** What an action depends on besides the verdicts. */
export interface GuardrailMoment {
  /** Decisions recorded so far. */
  readonly past: readonly Decision[];
  /** Weights in force, by variant. */
  readonly weights: Readonly<Record<string, number>>;
  /** Those of the leaves that a bandit serves. */
  readonly leaves?: readonly LeafWeights[];
  readonly now: Date;
}

/**
 * The severest action that a breached guardrail asks for, with the verdicts as evidence.
 *
 * - A variant that has no weight left is not zeroed again, and an overridden guardrail asks for nothing.
 * - Control is never zeroed: the experiment is paused instead.
 * - A pause during a rollout takes the rollout back, and so does zeroing its winner.
 * - A warning is recorded once for each guardrail, variant and phase, however long the breach lasts.
 */
export function guardrailResponse(
  seen: Experiment,
  verdicts: readonly GuardrailVerdict[],
  { past, weights, leaves = [], now }: GuardrailMoment,
): GuardrailResponse {
  const breached = verdicts.filter(
    ({ status, overriddenUntil, guardrail, variant }) =>
      status === 'breached' &&
      overriddenUntil === null &&
      !(guardrail.action === 'zero' && isServedNowhere(variant, [{ weights }, ...leaves])),
  );
  const [worst] = [...breached].sort(
    (one, other) => severityOf(other.guardrail.action) - severityOf(one.guardrail.action),
  );
  if (!worst) return { kind: 'none' };
  const { action } = worst.guardrail;
  const reason = breachReason(breached);
  const evidence = { phase: seen.phase, breached, verdicts };
  const harm = { seen, reason, evidence, now };
  switch (action) {
    case 'warn': {
      const decision = newWarning(seen.phase, breached, past);
      return decision ? { kind: 'change', change: { seen, patch: {}, decision } } : { kind: 'none' };
    }
    case 'zero': {
      const harmful = breached.filter(({ guardrail }) => guardrail.action === 'zero');
      return {
        kind: 'change',
        change: zeroed(harm, new Set(harmful.map(({ variant }) => variant)), weights, leaves),
      };
    }
    case 'pause':
      return { kind: 'change', change: paused(harm) };
    case 'roll-back':
      return { kind: 'change', change: rolledBack(harm) };
    case 'kill':
      return { kind: 'kill', decision: { actor: 'guardrail', action: 'kill', reason, evidence } };
  }
}

function isServedNowhere(variant: string, tables: readonly Pick<LeafWeights, 'weights'>[]): boolean {
  return tables.every(({ weights }) => weights[variant] === 0);
}

/** Of several responses the severest; the others come again at the next look, as what led to them lasts. */
export function severest(responses: readonly GuardrailResponse[]): GuardrailResponse {
  return responses.reduce<GuardrailResponse>(
    (worst, response) => (responseSeverity(response) > responseSeverity(worst) ? response : worst),
    { kind: 'none' },
  );
}

function responseSeverity(response: GuardrailResponse): number {
  if (response.kind === 'none') return 0;
  if (response.kind === 'kill') return 3;
  return response.change.patch.status === undefined ? 1 : 2;
}
