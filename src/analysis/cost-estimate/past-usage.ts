import type { MetricTotal } from '../../metrics/totals.js';

/** Means per request. */
export interface PastTokens {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What the requests of one variant used on average. */
export interface PastUsage {
  /** Where it was: key of the experiment and of its variant. */
  readonly experiment: string;
  readonly variant: string;
  /** Requests whose tokens are known, or else whose costs are. */
  readonly requests: number;
  /** Of each unit that made any. */
  readonly requestsPerUnit: number;
  /** Means per request; null where only costs were recorded. */
  readonly tokens: PastTokens | null;
  /** US dollars per request as they were paid; null where the price was unknown. */
  readonly costUsd: number | null;
}

/** Fewer say little. */
export const leastRequests = 10;

/**
 * What a variant's requests used, from the totals of `input_tokens`, `output_tokens` and `cost_usd`; null where fewer than
 * ten are known. Costs alone will do: an application that asks the model itself may send nothing else.
 *
 * @example pastUsage('exp_summarize_v2', 'control', totals)?.costUsd // 0.0012
 */
export function pastUsage(
  experiment: string,
  variant: string,
  totals: readonly MetricTotal[],
): PastUsage | null {
  const momentsOf = (metric: string) =>
    totals.find((total) => total.metric === metric && total.variant === variant)?.moments;
  const [input, output, cost] = ['input_tokens', 'output_tokens', 'cost_usd'].map(momentsOf);
  const isKnown = (moments: typeof input) => moments !== undefined && moments.events >= leastRequests;
  const tokens =
    input && output && isKnown(input) && isKnown(output)
      ? { inputTokens: input.sum / input.events, outputTokens: output.sum / output.events }
      : null;
  const costUsd = cost && isKnown(cost) ? cost.sum / cost.events : null;
  const counted = tokens ? input : costUsd === null ? undefined : cost;
  if (!counted) return null;
  const { events: requests, units } = counted;
  return { experiment, variant, requests, requestsPerUnit: requests / units, tokens, costUsd };
}
