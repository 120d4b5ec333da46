import type { ExperimentView, MetricReportView } from '../../api/contract.js';
import { overlapOf } from '../../chart/density.js';
import { DensityPlot, type Belief } from '../../chart/density-plot.js';
import { Figure } from '../../chart/figure.js';
import { Legend } from '../../chart/legend.js';
import { metricNameOf } from '../../format/metric.js';
import { shareOf, tickOf, unitWords } from '../../format/number.js';
import { estimatorNote } from '../report/estimator-note.js';
import { metricColumns, metricRows } from '../report/metric-rows.js';

export interface BeliefFigureProps {
  readonly experiment: ExperimentView;
  readonly metric: MetricReportView;
  readonly unit: string | null;
  readonly candidate: string;
}

/** What is believed of each variant's figure, with what the beliefs have in common. */
export function BeliefFigure({ experiment, metric, unit, candidate }: BeliefFigureProps) {
  const beliefs = metric.variants.flatMap(({ key, mean, standardError }): Belief[] =>
    mean === null || !standardError
      ? []
      : [
          {
            key,
            place: experiment.variants.findIndex((each) => each.key === key),
            mean,
            deviation: standardError,
          },
        ],
  );
  if (beliefs.length === 0) return null;
  return (
    <Figure
      title={`Where each variant’s ${metricNameOf(metric.key)} lies${unitWords(unit)}`}
      summary={summaryOf(beliefs, experiment.control, candidate, estimatorNote(metric))}
      height={220}
      columns={metricColumns}
      rows={metricRows(metric, unit)}
      draw={(width, height) => (
        <DensityPlot beliefs={beliefs} print={(value) => tickOf(value, unit)} width={width} height={height} />
      )}
    >
      <Legend variants={beliefs} />
    </Figure>
  );
}

/** @param note why the curves do not say how sure the difference is; empty where they do */
function summaryOf(beliefs: readonly Belief[], control: string, candidate: string, note: string): string {
  const [before, after] = [control, candidate].map((key) => beliefs.find((belief) => belief.key === key));
  const overlap =
    before && after && note === ''
      ? ` ${candidate} and ${control} share ${shareOf(overlapOf(before, after))} of their area: the less, the surer the difference.`
      : '';
  return `The higher the curve, the likelier the figure.${overlap} Normal approximations from each figure and its standard error. ${note}`.trim();
}
