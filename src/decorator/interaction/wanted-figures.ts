import type { Experiment } from '../../experiments/experiment.js';

/** Seldom looked at, most of them nearly always 0, and each one more row for every request: recorded where asked for. */
const onDemand: readonly string[] = [
  'refused',
  'empty',
  'truncated',
  'inter_chunk_ms',
  'cache_read_tokens',
  'cache_write_tokens',
  'provider_retries',
];

/**
 * Which of a generation's figures an experiment records: all, but some, such as `refused`, only as one of its metrics or
 * under one of its guardrails.
 *
 * @example wantedFigures(experiment)('latency_ms') // true
 */
export function wantedFigures(
  experiment: Pick<Experiment, 'metrics' | 'guardrails'> | undefined,
): (key: string) => boolean {
  const { primary = [], secondary = [] } = experiment?.metrics ?? {};
  const asked = new Set([
    ...primary,
    ...secondary,
    ...(experiment?.guardrails ?? []).map(({ metric }) => metric),
  ]);
  return (key) => !onDemand.includes(key) || asked.has(key);
}
