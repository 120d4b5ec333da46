import type { Decision } from '../experiments/decision.js';
import type { GuardrailVerdict } from './verdict.js';

/** What breached guardrails say, for people. */
export function breachReason(breached: readonly GuardrailVerdict[]): string {
  return breached.map(sentence).join('; ');
}

/** The warning about breaches that none of the past ones spoke of in this phase; null when there is nothing new. */
export function newWarning(
  phase: number,
  breached: readonly GuardrailVerdict[],
  past: readonly Decision[],
): Decision | null {
  const known = new Set(
    past.filter(({ actor, action }) => actor === 'guardrail' && action === 'warn').flatMap(warned),
  );
  const fresh = breached.filter((verdict) => !known.has(nameOf(verdict, phase)));
  if (fresh.length === 0) return null;
  const evidence = { phase, breached: fresh, warned: fresh.map((verdict) => nameOf(verdict, phase)) };
  return { actor: 'guardrail', action: 'warn', reason: breachReason(fresh), evidence };
}

function warned({ evidence }: Decision): string[] {
  return Array.isArray(evidence['warned']) ? (evidence['warned'] as string[]) : [];
}

function nameOf({ guardrail, metric, side, threshold, variant }: GuardrailVerdict, phase: number): string {
  const { worseThanControlBy, relative } = guardrail;
  if (worseThanControlBy === undefined) return `${variant}: ${metric} ${side} ${threshold} in phase ${phase}`;
  const margin = relative ? `${100 * worseThanControlBy} %` : `${worseThanControlBy}`;
  return `${variant}: ${metric} worse than control by ${margin} in phase ${phase}`;
}

function sentence({ variant, metric, side, threshold, bound, eValue, ...rest }: GuardrailVerdict): string {
  const { guardrail, units, since } = rest;
  const beyond =
    bound !== null && threshold !== null && (side === 'above' ? bound > threshold : bound < threshold);
  const surely = beyond
    ? `, surely ${side} ${figure(bound)}`
    : eValue === null
      ? ''
      : `, e-value ${figure(eValue)}`;
  const period = since === null ? '' : ` first exposed since ${since}`;
  const limit = threshold === null ? '' : ` ${figure(threshold)}`;
  const against = guardrail.worseThanControlBy === undefined ? '' : ', which is control and the margin';
  return `${variant}: mean ${metric} is ${side}${limit}${against}${surely} (${units} units${period})`;
}

function figure(value: number): string {
  return String(Number(value.toPrecision(4)));
}
