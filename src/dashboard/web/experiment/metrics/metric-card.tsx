import type { ExperimentView, MetricReportView, VariantMetricView } from '../../api/contract.js';
import { Figure } from '../../chart/figure.js';
import { IntervalPlot, intervalPlotHeight, type IntervalPlotOptions } from '../../chart/interval-plot.js';
import { capitalised, metricNameOf } from '../../format/metric.js';
import {
  differenceOf,
  differenceTickOf,
  pValueOf,
  relativeOf,
  tickOf,
  unitWords,
} from '../../format/number.js';
import { estimatorNote } from '../report/estimator-note.js';
import { metricColumns, metricRows } from '../report/metric-rows.js';
import { shownInterval } from '../verdict/shown-interval.js';
import { comparisonSentence } from './comparison-sentence.js';
import { QuartilePlot, quartilePlotHeight } from './quartile-plot.js';

export interface MetricCardProps {
  readonly experiment: ExperimentView;
  readonly metric: MetricReportView;
  readonly unit: string | null;
}

const titles = ['Difference', 'Relative', 'p, adjusted', 'p, one look'];

/** A metric: its differences from the control, and how single events are spread. */
export function MetricCard({ experiment, metric, unit }: MetricCardProps) {
  const placeOf = (key: string) => experiment.variants.findIndex((variant) => variant.key === key);
  const options = optionsOf(metric, unit, experiment, placeOf);
  const quartiles = metric.variants
    .filter(isSpread)
    .map((variant) => ({ place: placeOf(variant.key), variant }));
  const sentences = metric.comparisons.map((comparison) =>
    comparisonSentence(metric, comparison, unit, experiment.source),
  );
  const direction = metric.direction === 'increase' ? 'More is better' : 'Less is better';
  const gap = 20;
  return (
    <Figure
      title={`${capitalised(metricNameOf(metric.key))} (${metric.role})${unitWords(unit)}`}
      summary={`${direction}. ${sentences.join(' ')} ${estimatorNote(metric)}`.trim()}
      height={(width) => intervalPlotHeight(options, width) + quartilePlotHeight(quartiles) + gap}
      columns={metricColumns}
      rows={metricRows(metric, unit)}
      draw={(width) => (
        <>
          <IntervalPlot options={options} width={width} />
          <g transform={`translate(0,${intervalPlotHeight(options, width) + gap})`}>
            <QuartilePlot rows={quartiles} print={(value) => tickOf(value, unit)} width={width} />
          </g>
        </>
      )}
    />
  );
}

/** A yes or no has no distribution to look at. */
function isSpread({ p25, p50, p75, p95 }: VariantMetricView): boolean {
  return p50 !== null && [p25, p50, p75, p95].some((value) => value !== 0 && value !== 1);
}

function optionsOf(
  metric: MetricReportView,
  unit: string | null,
  { source }: ExperimentView,
  placeOf: (key: string) => number,
): IntervalPlotOptions {
  return {
    titles,
    lines: [{ at: 0, label: 'no change', kind: 'zero' }],
    print: (value) => differenceTickOf(value, unit),
    rows: metric.comparisons.map((comparison) => {
      const { interval } = shownInterval(comparison, source);
      const adjusted =
        source === 'imported' ? comparison.adjustedPValue : comparison.sequential?.adjustedPValue;
      return {
        name: comparison.variant,
        place: placeOf(comparison.variant),
        value: comparison.difference,
        interval: interval ?? comparison.interval,
        inner: source === 'live' && interval ? comparison.interval : null,
        cells: [
          differenceOf(comparison.difference, unit),
          relativeOf(comparison.relative?.difference),
          pValueOf(adjusted),
          pValueOf(comparison.pValue),
        ],
      };
    }),
  };
}
