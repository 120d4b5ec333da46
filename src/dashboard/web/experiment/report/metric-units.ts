import { useVersioned } from '../../api/versioned.js';
import type { MetricReportView, MetricView, ReportView } from '../../api/contract.js';
import type { Units } from '../verdict/gain-verdict.js';

/**
 * The unit of each metric's figures: what the catalogue says; a share where the figure is one, as of "events beyond a bound".
 *
 * @example unitsOf(report.metrics, catalogue).get('latency_ms') // 'ms'
 */
export function unitsOf(metrics: readonly MetricReportView[], catalogue: readonly MetricView[]): Units {
  return new Map(
    metrics.map(({ key, estimand }) => {
      const known = catalogue.find((metric) => metric.key === key)?.unit ?? '';
      const isShare = estimand === 'proportion' || /[<>]/.test(key);
      return [key, isShare ? 'share' : known || null];
    }),
  );
}

/** The same from the server's catalogue; metrics never change once they exist. */
export function useUnits(report: ReportView | undefined): Units {
  const { data } = useVersioned<{ metrics: readonly MetricView[] }>(
    'v1/metrics',
    report?.metrics.length ?? 0,
  );
  return unitsOf(report?.metrics ?? [], data?.metrics ?? []);
}
