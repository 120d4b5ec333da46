import type { MeasuredGeneration } from '../../../generations/browsing/logged-generation.js';
import type { Json } from '../api/contract.js';
import { countOf, valueOf } from '../format/number.js';

/** An answer as the server shows it. */
export type AnswerView = Json<MeasuredGeneration>;

/** A figure of an answer, named. */
export interface AnswerFigure {
  readonly name: string;
  readonly value: string;
}

/** They are figures of the call itself, which the log has. */
const ofTheCall = new Set([
  'latency_ms',
  'ttft_ms',
  'cost_usd',
  'input_tokens',
  'output_tokens',
  'response_length',
]);

/** Ratings, scores and labels, each with its value; of a metric with several values all of them. */
export function ratingsOf({ measured }: AnswerView): AnswerFigure[] {
  return measured
    .filter(({ metric }) => !ofTheCall.has(metric) && !/[<>]/.test(metric))
    .map(({ metric, value }) => ({ name: metric, value: valueOf(value) }));
}

/**
 * What the call took.
 *
 * @example figuresOf(answer)[0] // { name: 'took', value: '812 ms' }
 */
export function figuresOf({
  latencyMilliseconds,
  ttftMilliseconds,
  costUsd,
  usage,
  attempts,
}: AnswerView): AnswerFigure[] {
  const tokens = (count: number | null) => (count === null ? '–' : countOf(count));
  return [
    { name: 'took', value: valueOf(Math.round(latencyMilliseconds), 'ms') },
    ...(ttftMilliseconds === null
      ? []
      : [{ name: 'first token', value: valueOf(Math.round(ttftMilliseconds), 'ms') }]),
    { name: 'cost', value: costUsd === null ? 'not known' : valueOf(costUsd, 'usd') },
    { name: 'tokens', value: `${tokens(usage.inputTokens)} in, ${tokens(usage.outputTokens)} out` },
    ...(attempts > 1 ? [{ name: 'attempts', value: countOf(attempts) }] : []),
  ];
}

/** What went otherwise than asked for, in sentences; empty where nothing did. */
export function oddities(answer: AnswerView): string[] {
  const { outcome, error, asConfigured, isFallback, model, requestedModel, formatViolation, stopReason } =
    answer;
  return [
    ...(outcome === 'finished' ? [] : [outcomeWords(outcome, error)]),
    ...(isFallback ? ["answered by the config's fallback, as its own call had failed"] : []),
    ...(asConfigured ? [] : ["another config was sent than the variant's"]),
    ...(model.startsWith(requestedModel) ? [] : [`${requestedModel} was asked, ${model} answered`]),
    ...(formatViolation ? ['the answer breaks the format asked for'] : []),
    ...(stopReason === 'max_tokens' ? ['cut off at the most tokens allowed'] : []),
  ];
}

function outcomeWords(outcome: AnswerView['outcome'], error: string | null): string {
  if (error && error !== outcome) return `${outcome}: ${error}`;
  return outcome === 'failed' ? 'failed, and the provider did not say why' : outcome;
}

/** Why there is no text. */
export function withoutText({ erasedAt, detail, response }: AnswerView): string | null {
  if (erasedAt !== null) return 'Its texts were erased, with the unit’s other data.';
  if (detail === 'metadata') return 'Logged without texts.';
  return response === null || response === '' ? 'There was no answer.' : null;
}
