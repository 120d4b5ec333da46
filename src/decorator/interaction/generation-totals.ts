/** What was measured of one generation. */
export interface MeasuredGeneration {
  readonly startedAt: Date;
  readonly isFinished: boolean;
  /** By catalogue key; an unknown figure is absent. */
  readonly metrics: Readonly<Record<string, number>>;
}

const summed = [
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'response_length',
  'cost_usd',
  'provider_retries',
];

/** 1 if it is so of any generation. */
const flags = ['error', 'refused', 'empty', 'truncated', 'format_violation', 'fallback_served'];

/** Known of the generation that began first and has them. */
const ofTheFirst = ['ttft_ms', 'inter_chunk_ms'];

/**
 * The figures of all generations of one interaction together, by catalogue key.
 *
 * - Tokens, length and cost add up; a sum is absent if any finished generation's part of it is unknown.
 * - `latency_ms` lasts from the first start to the last end, so that calls side by side are not counted twice.
 * - `ttft_ms` and `inter_chunk_ms` are those of the call that began first; `error`, `refused` and the like are 1 if any is,
 *   even if another made up for it.
 * - `abandoned` is left out: whether the user left is seen on the response.
 *
 * @example generationTotals([{ startedAt, isFinished: true, metrics: { error: 0, latency_ms: 800 } }]) // { error: 0, latency_ms: 800 }
 */
export function generationTotals(generations: readonly MeasuredGeneration[]): Record<string, number> {
  const ordered = [...generations].sort((one, other) => one.startedAt.getTime() - other.startedAt.getTime());
  const totals: Record<string, number | undefined> = { latency_ms: span(ordered) };
  for (const key of flags) totals[key] = greatest(ordered, key);
  for (const key of ofTheFirst) totals[key] = values(ordered, key)[0];
  for (const key of summed) totals[key] = sum(ordered, key);
  return Object.fromEntries(
    Object.entries(totals).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}

function values(generations: readonly MeasuredGeneration[], key: string): number[] {
  return generations.map(({ metrics }) => metrics[key]).filter((value) => value !== undefined);
}

function greatest(generations: readonly MeasuredGeneration[], key: string): number | undefined {
  const present = values(generations, key);
  return present.length === 0 ? undefined : Math.max(...present);
}

function sum(generations: readonly MeasuredGeneration[], key: string): number | undefined {
  const isPartlyUnknown = generations.some(
    ({ isFinished, metrics }) => isFinished && metrics[key] === undefined,
  );
  const present = values(generations, key);
  return isPartlyUnknown || present.length === 0
    ? undefined
    : present.reduce((total, value) => total + value, 0);
}

function span(generations: readonly MeasuredGeneration[]): number | undefined {
  const timed = generations.flatMap(({ startedAt, metrics: { latency_ms: latency } }) =>
    latency === undefined ? [] : [{ start: startedAt.getTime(), latency }],
  );
  const first = timed[0];
  if (!first) return undefined;
  return Math.max(...timed.map(({ start, latency }) => start - first.start + latency));
}
