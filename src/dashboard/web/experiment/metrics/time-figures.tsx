import { useResource } from '../../api/resource.js';
import type { ExperimentView, MetricReportView, TimeReportView } from '../../api/contract.js';
import type { Column } from '../../chart/column.js';
import { Figure } from '../../chart/figure.js';
import { IntervalPlot, intervalPlotHeight, type IntervalPlotOptions } from '../../chart/interval-plot.js';
import { metricNameOf } from '../../format/metric.js';
import { countOf, differenceOf, differenceTickOf, rangeOf, unitWords } from '../../format/number.js';
import { clocksOf, type Clock, type TimePart } from './time-parts.js';

export interface TimeFiguresProps {
  readonly experiment: ExperimentView;
  readonly metric: MetricReportView;
  readonly unit: string | null;
}

/** Whether the difference holds over time: by days since exposure, weekday and week. */
export function TimeFigures({ experiment, metric, unit }: TimeFiguresProps) {
  const path = `v1/experiments/${encodeURIComponent(experiment.key)}/results/time`;
  const { data: time, problem } = useResource<TimeReportView>(path, experiment.key);
  if (metric.role !== 'primary')
    return <p class="card muted">Novelty, weekdays and drift are followed for primary metrics only.</p>;
  if (!time) return <p class="card muted">{problem ? problem.message : 'Reading…'}</p>;
  const clocks = clocksOf(time.effects, metric.key);
  const reasons = time.effects
    .filter((effect) => effect.metric === metric.key)
    .flatMap((effect) => effect.reasons);
  return (
    <>
      {clocks.map((clock) => (
        <ClockFigure key={clock.title} clock={clock} experiment={experiment} metric={metric} unit={unit} />
      ))}
      {(reasons.length > 0 || time.warnings.length > 0) && (
        <section class="card" aria-label="About time">
          <ul class="sentences">
            {[...time.warnings.map(({ message }) => message), ...new Set(reasons)].map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

interface ClockFigureProps extends TimeFiguresProps {
  readonly clock: Clock;
}

function ClockFigure({ clock, experiment, metric, unit }: ClockFigureProps) {
  const several = new Set(clock.parts.map(({ variant }) => variant)).size > 1;
  const options: IntervalPlotOptions = {
    titles: ['Difference', 'Units'],
    lines: [{ at: 0, label: 'no change', kind: 'zero' }],
    print: (value) => differenceTickOf(value, unit),
    rows: clock.parts.map((part) => ({
      name: several ? `${part.name}, ${part.variant}` : part.name,
      place: experiment.variants.findIndex(({ key }) => key === part.variant),
      value: part.difference,
      interval: part.interval,
      cells: [differenceOf(part.difference, unit), countOf(part.units)],
    })),
  };
  return (
    <Figure
      title={`${clock.title}: ${metricNameOf(metric.key)}${unitWords(unit)}`}
      summary={`${clock.finding} Each interval is of one look, for that part alone.`.trim()}
      height={(width) => intervalPlotHeight(options, width)}
      columns={columnsOf(unit)}
      rows={clock.parts}
      draw={(width) => <IntervalPlot options={options} width={width} />}
    />
  );
}

function columnsOf(unit: string | null): Column<TimePart>[] {
  return [
    { title: 'When', text: ({ name }) => name },
    { title: 'Variant', text: ({ variant }) => variant },
    { title: 'Units', text: ({ units }) => countOf(units), value: ({ units }) => units, numeric: true },
    {
      title: 'Difference',
      text: ({ difference }) => differenceOf(difference, unit),
      value: ({ difference }) => difference,
      numeric: true,
    },
    {
      title: 'Interval, one look',
      text: ({ interval }) => rangeOf(interval, (end) => differenceOf(end, unit)),
      bounds: ({ interval }) => interval,
      numeric: true,
    },
  ];
}
