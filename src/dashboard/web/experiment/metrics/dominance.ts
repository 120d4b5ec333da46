import type { MetricReportView, ReportView } from '../../api/contract.js';
import type { Interval } from '../../chart/domain.js';
import { costMetric, decidingMetrics } from '../verdict/deciding.js';

/** The metrics that a trade-off is between. */
export interface TradeOff {
  readonly quality: MetricReportView;
  readonly cost: MetricReportView;
  /** Null where latency was not recorded. */
  readonly latency: MetricReportView | null;
}

/** A figure of a variant with its interval. */
export interface Measured {
  readonly value: number;
  readonly interval: Interval | null;
}

/** A variant between its cost, its quality and its latency. */
export interface TradePoint {
  readonly key: string;
  readonly quality: Measured;
  readonly cost: Measured;
  readonly latency: Measured | null;
  /** A variant that is no worse in anything and better in something; null where there is none. */
  readonly dominatedBy: string | null;
}

/**
 * What there is to weigh: the quality metric that decides (else the first of that category), cost, and latency.
 *
 * @returns null where quality or cost was not recorded
 */
export function tradeOffOf(report: Pick<ReportView, 'metrics'>): TradeOff | null {
  const isMeasured = ({ variants }: MetricReportView) => variants.some(({ mean }) => mean !== null);
  const measured = report.metrics.filter(isMeasured);
  const quality = [...decidingMetrics({ metrics: measured }), ...measured].find(
    ({ category }) => category === 'quality',
  );
  const cost = costMetric({ metrics: measured });
  const latency =
    measured.find(({ key }) => key === 'latency_ms') ??
    measured.find(({ category, key }) => category === 'performance' && key.endsWith('_ms'));
  return quality && cost ? { quality, cost, latency: latency ?? null } : null;
}

/**
 * The variants that are known on cost and quality, each with the one that leaves no reason to choose it. By the figures
 * alone: intervals that overlap may reverse it.
 *
 * @example tradePoints(tradeOff).filter(({ dominatedBy }) => dominatedBy === null) // the ones worth choosing between
 */
export function tradePoints({ quality, cost, latency }: TradeOff): TradePoint[] {
  const known = quality.variants.flatMap(({ key }) => {
    const point = {
      key,
      quality: measuredOf(quality, key),
      cost: measuredOf(cost, key),
      latency: latency && measuredOf(latency, key),
    };
    return point.quality && point.cost ? [{ ...point, quality: point.quality, cost: point.cost }] : [];
  });
  const gains = known.map(({ key, ...figures }) => ({
    key,
    gains: [
      gainOf(quality, figures.quality),
      gainOf(cost, figures.cost),
      ...(latency && figures.latency ? [gainOf(latency, figures.latency)] : []),
    ],
  }));
  return known.map((point, place) => ({
    ...point,
    dominatedBy: gains.find((other) => dominates(other.gains, gains[place]?.gains ?? []))?.key ?? null,
  }));
}

function measuredOf({ variants }: MetricReportView, key: string): Measured | null {
  const row = variants.find((variant) => variant.key === key);
  return row && row.mean !== null ? { value: row.mean, interval: row.interval } : null;
}

/** The figure turned so that more is better. */
function gainOf({ direction }: MetricReportView, { value }: Measured): number {
  return direction === 'increase' ? value : -value;
}

/** No worse in anything, better in something (Pareto); never where they are not known in the same things. */
function dominates(one: readonly number[], other: readonly number[]): boolean {
  if (one.length !== other.length) return false;
  return (
    one.every((gain, place) => gain >= (other[place] ?? -Infinity)) &&
    one.some((gain, place) => gain > (other[place] ?? -Infinity))
  );
}
