import type { ComparisonView, ExperimentView } from '../../api/contract.js';
import type { Interval } from '../../chart/domain.js';
import type { Gauge } from './verdict.js';

/** The interval of a difference to decide by, and what it is good for. */
export interface ShownInterval {
  readonly interval: Interval | null;
  readonly kind: 'looks' | 'one-look';
}

/**
 * The interval under repeated looks, for people look; imported data were complete when they came, and one look is enough.
 *
 * @example shownInterval(comparison, 'live') // { interval: [0.15, 0.27], kind: 'looks' }
 */
export function shownInterval(
  comparison: Pick<ComparisonView, 'interval' | 'sequential'> | undefined,
  source: ExperimentView['source'],
): ShownInterval {
  if (source === 'imported') return { interval: comparison?.interval ?? null, kind: 'one-look' };
  return { interval: comparison?.sequential?.interval ?? null, kind: 'looks' };
}

/** What a reader should know of the intervals beside it. */
export function intervalSentence(source: ExperimentView['source'], alpha: number): string {
  const certainty = (1 - alpha).toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 1 });
  return source === 'imported'
    ? `Intervals are ${certainty} confidence intervals of one look, as these data were complete when they came.`
    : `Intervals hold the truth in ${certainty} of experiments however often you look; the tables name the method.`;
}

/**
 * The differences that lie outside their own interval. One that holds under repeated looks is the intersection of those of all
 * looks, so an effect that drifts can leave it.
 *
 * @example missedBy([{ of: 'difference', name: 'user rating', value: 0.1, interval: [0.2, 0.4], … }]) // ['user rating']
 */
export function missedBy(gauges: readonly Pick<Gauge, 'of' | 'name' | 'value' | 'interval'>[]): string[] {
  return gauges
    .filter(({ of, value, interval }) => {
      if (of !== 'difference' || value === null || interval === null) return false;
      return value < interval[0] || value > interval[1];
    })
    .map(({ name }) => name);
}
