interface Epoch {
  readonly number: number;
  readonly startedAt: string;
  readonly weights: Readonly<Record<string, number>>;
}

const dayMilliseconds = 86_400_000;

/**
 * As many daily epochs as are asked for, newest first, each like the first of those given but for its time and weights.
 *
 * @example longHistory(epochs, 730).length // 730
 */
export function longHistory(epochs: readonly Epoch[], days: number): Epoch[] {
  const [newest] = epochs;
  if (!newest) return [];
  const end = new Date(newest.startedAt).getTime();
  const keys = Object.keys(newest.weights);
  return Array.from({ length: days }, (_, ago) => {
    const raw = keys.map((_key, place) => 1.2 + Math.sin(ago / (9 + 7 * place) + place));
    const sum = raw.reduce((total, each) => total + each, 0);
    const startedAt = new Date(end - ago * dayMilliseconds).toISOString();
    const endedAt = ago === 0 ? null : new Date(end - (ago - 1) * dayMilliseconds).toISOString();
    const weights = Object.fromEntries(keys.map((key, place) => [key, raw[place]! / sum]));
    return { ...newest, number: days - ago, startedAt, endedAt, weights };
  });
}
