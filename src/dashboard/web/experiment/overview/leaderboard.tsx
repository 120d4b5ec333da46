import type { ExperimentView, MetricReportView, ReportView } from '../../api/contract.js';
import type { Column } from '../../chart/column.js';
import { Figure } from '../../chart/figure.js';
import { IntervalPlot, intervalPlotHeight, type IntervalPlotOptions } from '../../chart/interval-plot.js';
import { metricNameOf } from '../../format/metric.js';
import { chanceOf, countOf, differenceOf, shareOf, tickOf, valueOf } from '../../format/number.js';
import { metricColumns, metricRows, type MetricRow } from '../report/metric-rows.js';
import { estimatorNote } from '../report/estimator-note.js';
import { winnerOf } from '../verdict/deciding.js';

export interface LeaderboardProps {
  readonly experiment: ExperimentView;
  readonly report: ReportView;
  readonly metric: MetricReportView;
  readonly unit: string | null;
}

const titles = ['Figure', 'Difference', 'Chance to be best', 'Expected loss', 'Units'];

/** Every variant on what decides, the probably best first. */
export function Leaderboard({ experiment, report, metric, unit }: LeaderboardProps) {
  const winner = winnerOf(metric, experiment.control);
  const rows = metricRows(metric, unit).sort(
    (a, b) => (b.chance?.probabilityBest ?? 0) - (a.chance?.probabilityBest ?? 0),
  );
  const options: IntervalPlotOptions = {
    titles,
    lines: [],
    print: (value) => tickOf(value, unit),
    rows: rows.map((row) => ({
      name: row.variant.key,
      mark: row.variant.key === winner ? 'winner' : null,
      place: experiment.variants.findIndex(({ key }) => key === row.variant.key),
      value: row.variant.mean,
      interval: row.variant.interval,
      cells: cellsOf(row, report),
    })),
  };
  return (
    <Figure
      title={`Leaderboard: ${metricNameOf(metric.key)}`}
      summary={`${summaryOf(metric, winner)} ${estimatorNote(metric)}`.trim()}
      height={(width) => intervalPlotHeight(options, width)}
      columns={[...metricColumns, ...shareColumns(report)]}
      rows={rows}
      draw={(width) => <IntervalPlot options={options} width={width} />}
    />
  );
}

function cellsOf({ variant, comparison, chance, unit }: MetricRow, { variants }: ReportView): string[] {
  const share = variants.find(({ key }) => key === variant.key);
  return [
    valueOf(variant.mean, unit),
    comparison ? differenceOf(comparison.difference, unit) : 'control',
    chanceOf(chance?.probabilityBest),
    lossWords(chance?.expectedLoss ?? null, variant.standardError, unit),
    share ? `${countOf(share.units)} (${shareOf(share.share)})` : '–',
  ];
}

/** A loss far below what the figure is known to is none to speak of. */
function lossWords(loss: number | null, standardError: number | null, unit: string | null): string {
  return loss !== null && loss < (standardError ?? 0) / 1_000 ? 'almost none' : valueOf(loss, unit);
}

function summaryOf({ direction, best }: MetricReportView, winner: string | null): string {
  const better = direction === 'increase' ? 'More is better.' : 'Less is better.';
  if (winner) return `${better} ${winner} has won: chance is ruled out.`;
  const known = best.some(({ probabilityBest }) => probabilityBest !== null);
  return known
    ? `${better} Nobody has won yet: a high chance to be best alone is no proof, and is passed sooner or later where nothing differs.`
    : `${better} There is too little to rank the variants by yet.`;
}

function shareColumns({ variants }: ReportView): Column<MetricRow>[] {
  const shareFor = ({ variant }: MetricRow) => variants.find(({ key }) => key === variant.key);
  return [
    { title: 'Exposed units', text: (row) => countOf(shareFor(row)?.units ?? 0), numeric: true },
    { title: 'Share', text: (row) => shareOf(shareFor(row)?.share), numeric: true },
    { title: 'Share due', text: (row) => shareOf(shareFor(row)?.expected), numeric: true },
  ];
}
