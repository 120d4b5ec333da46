import type { ExperimentView, MetricReportView, ReportView } from '../../api/contract.js';
import { useEpochs, useLooks } from '../../api/history.js';
import { BandPlot, type BandSeries } from '../../chart/band-plot.js';
import type { Column } from '../../chart/column.js';
import type { BandPoint, PlotLine } from '../../chart/domain.js';
import { Figure } from '../../chart/figure.js';
import { Legend } from '../../chart/legend.js';
import { capitalised, metricNameOf } from '../../format/metric.js';
import { differenceOf, differenceTickOf, rangeOf, unitWords } from '../../format/number.js';
import { instantOf } from '../../format/time.js';
import { causeWords } from '../traffic/cause-words.js';
import { effectSeries, weightChanges } from './effect-series.js';

export interface EffectFigureProps {
  readonly experiment: ExperimentView;
  readonly report: ReportView;
  readonly metric: MetricReportView;
  readonly unit: string | null;
}

interface EffectRow {
  readonly variant: string;
  readonly point: BandPoint;
}

/** How a metric's difference became known: each look, with the interval that narrows. */
export function EffectFigure({ experiment, report, metric, unit }: EffectFigureProps) {
  const { data: looks = [] } = useLooks(experiment);
  const { data: epochs = [] } = useEpochs(experiment);
  const place = (key: string) => experiment.variants.findIndex((variant) => variant.key === key);
  const series: BandSeries[] = effectSeries(looks, report, metric.key, experiment.source).map((each) => ({
    ...each,
    place: place(each.key),
  }));
  const marks = weightChanges(epochs).map((epoch) => ({
    at: Date.parse(epoch.startedAt),
    label: `${instantOf(epoch.startedAt)}: ${causeWords(epoch)}`,
  }));
  const print = (value: number) => differenceOf(value, unit);
  const rows = series.flatMap(({ key, points }) => points.map((point) => ({ variant: key, point })));
  return (
    <Figure
      title={`Difference in ${metricNameOf(metric.key)} over time${unitWords(unit)}`}
      summary={summaryOf(series, metric, marks.length)}
      height={rows.length === 0 ? 0 : 260}
      columns={columnsOf(print)}
      rows={rows}
      draw={(width, height) =>
        rows.length > 0 && (
          <BandPlot
            series={series}
            lines={linesOf(experiment, metric)}
            marks={marks}
            print={(value) => differenceTickOf(value, unit)}
            width={width}
            height={height}
          />
        )
      }
    >
      {rows.length > 0 && <Legend variants={series} />}
    </Figure>
  );
}

function summaryOf(series: readonly BandSeries[], metric: MetricReportView, changes: number): string {
  const points = series.flatMap((each) => each.points);
  if (points.length === 0)
    return 'Nothing to draw yet: a point is added with every recorded look, one a day, once units can be compared.';
  const better = metric.direction === 'increase' ? 'above' : 'below';
  const banded = points.some(({ interval }) => interval);
  return [
    `${capitalised(better)} the line of no change is better.`,
    banded
      ? 'The band is the interval however often you look; it narrows as units come.'
      : 'No interval holds under repeated looks yet.',
    ...(changes > 0 ? [`Upright lines: the weights changed (${changes} times).`] : []),
  ].join(' ');
}

function linesOf({ metrics }: ExperimentView, { role, category, direction }: MetricReportView): PlotLine[] {
  const least = role === 'primary' && category !== 'cost' ? metrics.minimumEffect : null;
  return [
    { at: 0, label: 'no change', kind: 'zero' },
    ...(least
      ? [{ at: direction === 'increase' ? least : -least, label: 'worth acting on', kind: 'aim' } as const]
      : []),
  ];
}

function columnsOf(print: (value: number) => string): Column<EffectRow>[] {
  return [
    {
      title: 'Look',
      text: ({ point }) => instantOf(point.at),
      value: ({ point }) => new Date(point.at).toISOString(),
    },
    { title: 'Variant', text: ({ variant }) => variant },
    {
      title: 'Difference',
      text: ({ point }) => (point.value === null ? '–' : print(point.value)),
      value: ({ point }) => point.value,
      numeric: true,
    },
    {
      title: 'Interval, repeated looks',
      text: ({ point }) => rangeOf(point.interval, print),
      bounds: ({ point }) => point.interval,
      numeric: true,
    },
  ];
}
