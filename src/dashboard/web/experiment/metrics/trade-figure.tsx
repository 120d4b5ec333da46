import type { ExperimentView, ReportView } from '../../api/contract.js';
import type { Column } from '../../chart/column.js';
import { Figure } from '../../chart/figure.js';
import { metricNameOf } from '../../format/metric.js';
import { rangeOf, tickOf, unitWords, valueOf } from '../../format/number.js';
import type { Units } from '../verdict/gain-verdict.js';
import { tradeOffOf, tradePoints, type Measured, type TradeOff, type TradePoint } from './dominance.js';
import { TradePlot } from './trade-plot.js';

export interface TradeFigureProps {
  readonly experiment: ExperimentView;
  readonly report: ReportView;
  readonly units: Units;
}

/** Quality, cost and latency of each variant together: which are worth choosing between. */
export function TradeFigure({ experiment, report, units }: TradeFigureProps) {
  const tradeOff = tradeOffOf(report);
  if (!tradeOff)
    return (
      <p class="card muted">
        Quality against cost is drawn once both were recorded: a quality metric, and a metric of category cost
        such as cost_usd.
      </p>
    );
  const unitOf = (metric: { readonly key: string } | null) =>
    metric ? (units.get(metric.key) ?? null) : null;
  const points = tradePoints(tradeOff).map((point) => ({
    ...point,
    place: experiment.variants.findIndex(({ key }) => key === point.key),
  }));
  const print = {
    quality: (value: number) => valueOf(value, unitOf(tradeOff.quality)),
    cost: (value: number) => valueOf(value, unitOf(tradeOff.cost)),
    latency: (value: number) => valueOf(value, unitOf(tradeOff.latency)),
  };
  return (
    <Figure
      title={`Quality against cost: ${metricNameOf(tradeOff.quality.key)}${unitWords(unitOf(tradeOff.quality))}`}
      summary={summaryOf(points, tradeOff)}
      height={320}
      columns={columnsOf(print)}
      rows={points}
      draw={(width, height) => (
        <TradePlot
          points={points}
          printCost={print.cost}
          printQuality={(value) => tickOf(value, unitOf(tradeOff.quality))}
          printLatency={print.latency}
          width={width}
          height={height}
        />
      )}
    />
  );
}

function summaryOf(points: readonly TradePoint[], { latency }: TradeOff): string {
  const dominated = points.filter(({ dominatedBy }) => dominatedBy !== null);
  const choice = points.filter(({ dominatedBy }) => dominatedBy === null).map(({ key }) => key);
  return [
    'Up and to the left is better; crosses are intervals at one look.',
    latency ? `The ring grows with ${metricNameOf(latency.key)}.` : '',
    ...dominated.map(
      ({ key, dominatedBy }) => `By the figures ${dominatedBy} is no worse than ${key} in anything.`,
    ),
    dominated.length === 0 && points.length > 1
      ? `None is dominated: between ${choice.join(' and ')} it is a choice.`
      : '',
  ]
    .filter(Boolean)
    .join(' ');
}

type Print = (value: number) => string;

function columnsOf({
  quality,
  cost,
  latency,
}: Record<'quality' | 'cost' | 'latency', Print>): Column<TradePoint>[] {
  return [
    { title: 'Variant', text: ({ key }) => key },
    ...measuredColumns('Quality', (point) => point.quality, quality),
    ...measuredColumns('Cost', (point) => point.cost, cost),
    ...measuredColumns('Latency', (point) => point.latency, latency),
    { title: 'Dominated by', text: ({ dominatedBy }) => dominatedBy ?? '–' },
  ];
}

function measuredColumns(
  title: string,
  of: (point: TradePoint) => Measured | null,
  print: Print,
): Column<TradePoint>[] {
  return [
    {
      title,
      numeric: true,
      text: (point) => (of(point) ? print(of(point)?.value ?? 0) : '–'),
      value: (point) => of(point)?.value ?? null,
    },
    {
      title: `${title}, interval`,
      numeric: true,
      text: (point) => rangeOf(of(point)?.interval, print),
      bounds: (point) => of(point)?.interval ?? null,
    },
  ];
}
