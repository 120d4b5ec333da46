import type { MetricTotal } from '../../metrics/totals.js';

/** What the requests of one variant used on average. */
export interface PastUsage {
  /** Where it was: key of the experiment and of its variant. */
  readonly experiment: string;
  readonly variant: string;
  /** Requests whose tokens are known. */
  readonly requests: number;
  /** Of each unit that made any. */
  readonly requestsPerUnit: number;
  /** Means per request. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars per request as they were paid; null where the price was unknown. */
  readonly costUsd: number | null;
}

/** Fewer say little. */
export const leastRequests = 10;

/**
 * What a variant's requests used, from the totals of `input_tokens`, `output_tokens` and `cost_usd`; null where fewer than
 * ten are known.
 *
 * @example pastUsage('exp_summarize_v2', 'control', totals)?.outputTokens // 81.5
 */
export function pastUsage(
  experiment: string,
  variant: string,
  totals: readonly MetricTotal[],
): PastUsage | null {
  const momentsOf = (metric: string) =>
    totals.find((total) => total.metric === metric && total.variant === variant)?.moments;
  const [input, output, cost] = ['input_tokens', 'output_tokens', 'cost_usd'].map(momentsOf);
  if (!input || !output || Math.min(input.events, output.events) < leastRequests) return null;
  return {
    experiment,
    variant,
    requests: output.events,
    requestsPerUnit: input.events / input.units,
    inputTokens: input.sum / input.events,
    outputTokens: output.sum / output.events,
    costUsd: cost && cost.events >= leastRequests ? cost.sum / cost.events : null,
  };
}
