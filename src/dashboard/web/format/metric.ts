const abbreviations: Readonly<Record<string, string>> = {
  ttft_ms: 'time to first token',
  inter_chunk_ms: 'time between chunks',
};

/**
 * A metric's key as words; its unit is said by the figures.
 *
 * @example metricNameOf('latency_ms>5000') // 'latency above 5,000'
 */
export function metricNameOf(key: string): string {
  const [name = key, bound] = key.split(/[<>]/, 2);
  const words = abbreviations[name] ?? name.replace(/_(ms|usd)$/, '').replaceAll('_', ' ');
  if (bound === undefined) return words;
  return `${words} ${key.includes('>') ? 'above' : 'below'} ${Number(bound).toLocaleString()}`;
}

/**
 * A word at the beginning of a sentence.
 *
 * @example capitalised('user rating') // 'User rating'
 */
export function capitalised(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
