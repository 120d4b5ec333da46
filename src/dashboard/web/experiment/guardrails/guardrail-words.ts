import type { VerdictView } from '../../api/contract.js';
import { metricNameOf } from '../../format/metric.js';
import { shareOf, valueOf } from '../../format/number.js';

type Guardrail = VerdictView['guardrail'];

/** What a guardrail says of a variant, as one word says it. */
export type GuardrailState = 'breached' | 'overridden' | 'unclear' | 'no-data' | 'quiet';

/** The more it asks of the reader, the earlier. */
const urgency: readonly GuardrailState[] = ['breached', 'overridden', 'unclear', 'no-data', 'quiet'];

export const stateWords: Readonly<Record<GuardrailState, string>> = {
  breached: 'Breached',
  overridden: 'Overridden',
  unclear: 'Unclear',
  'no-data': 'No data',
  quiet: 'Quiet',
};

/**
 * A verdict in one word. An overridden guardrail goes on judging: what it found is said beside.
 *
 * @example guardrailState(verdict) // 'quiet'
 */
export function guardrailState({
  status,
  units,
  overriddenUntil,
}: Pick<VerdictView, 'status' | 'units' | 'overriddenUntil'>): GuardrailState {
  if (overriddenUntil !== null) return 'overridden';
  switch (status) {
    case 'breached':
      return 'breached';
    case 'insufficient':
      return units === 0 ? 'no-data' : 'unclear';
    case 'ok':
      return 'quiet';
  }
}

/** The state of several verdicts together: the one that asks most of the reader. */
export function worstState(states: readonly GuardrailState[]): GuardrailState {
  return urgency.find((state) => states.includes(state)) ?? 'no-data';
}

export function moreUrgent(one: GuardrailState, other: GuardrailState): number {
  return urgency.indexOf(one) - urgency.indexOf(other);
}

/**
 * What a guardrail promises.
 *
 * @param unit of its metric
 * @example guardrailName({ metric: 'latency_ms', quantile: 0.95, above: 5000, action: 'pause' }, 'ms') // 'p95 of latency not above 5,000 ms'
 */
export function guardrailName(guardrail: Guardrail, unit: string | null): string {
  const { metric, quantile, above, below, worseThanControlBy, relative } = guardrail;
  const name = metricNameOf(metric);
  if (worseThanControlBy !== undefined) {
    const margin = relative ? shareOf(worseThanControlBy) : valueOf(worseThanControlBy, unit);
    return `${name} not worse than control by more than ${margin}`;
  }
  const subject = quantile === undefined ? name : `p${Number((quantile * 100).toFixed(4))} of ${name}`;
  return above === undefined
    ? `${subject} not below ${valueOf(below, unit)}`
    : `${subject} not above ${valueOf(above, unit)}`;
}

/** What happens once harm is sure. */
export function actionSentence(action: Guardrail['action']): string {
  switch (action) {
    case 'warn':
      return 'a decision is recorded; traffic stays as it is';
    case 'zero':
      return 'the variant gets no more new units; those it has keep it';
    case 'pause':
      return 'everyone is served the fallback until a person resumes';
    case 'roll-back':
      return 'everyone is served the fallback, and all weight goes back to control';
    case 'kill':
      return 'everyone is served the fallback at once, on every server, until a person lifts it';
  }
}

/** The unit in which a verdict's mean, bound and threshold are: those of a quantile are shares of values. */
export function verdictUnit(
  { guardrail }: Pick<VerdictView, 'guardrail'>,
  unit: string | null,
): string | null {
  return guardrail.quantile === undefined ? unit : 'share';
}
