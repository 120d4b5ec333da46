import type { EpochView, ReportView, SeriesView } from '../../api/contract.js';
import type { BandPoint } from '../../chart/domain.js';
import { shownInterval } from '../verdict/shown-interval.js';

/** The difference of one variant from the control, look by look. */
export interface EffectSeries {
  readonly key: string;
  readonly points: readonly BandPoint[];
}

type Compared = SeriesView['looks'][number]['metrics'][number]['comparisons'][number];
type Moment = { readonly at: number; readonly comparisons: readonly Compared[] };

/**
 * How the differences on a metric became known: every recorded look, and the present report at the end. What cannot be
 * computed at a look is left out of it.
 *
 * @example effectSeries(looks, report, 'user_rating', 'live')[0]?.points.at(-1)?.interval // [0.15, 0.27]
 */
export function effectSeries(
  recorded: SeriesView['looks'],
  report: ReportView,
  metric: string,
  source: 'live' | 'imported',
): EffectSeries[] {
  const looks: Moment[] = recorded.map(({ at, metrics }) => ({
    at: Date.parse(at),
    comparisons: metrics.find(({ key }) => key === metric)?.comparisons ?? [],
  }));
  const present = report.metrics.find(({ key }) => key === metric)?.comparisons ?? [];
  const now = Date.parse(report.asOf);
  const moments = [...looks.filter(({ at }) => at < now), { at: now, comparisons: present }];
  return present.map(({ variant }) => ({
    key: variant,
    points: moments
      .map(({ at, comparisons }) =>
        pointOf(
          at,
          comparisons.find((each) => each.variant === variant),
          source,
        ),
      )
      .filter(({ value }) => value !== null),
  }));
}

function pointOf(at: number, comparison: Compared | undefined, source: 'live' | 'imported'): BandPoint {
  return {
    at,
    value: comparison?.difference ?? null,
    interval: shownInterval(comparison, source).interval,
  };
}

/**
 * The epochs that moved weights against each other during the test; one that only let more units in is none. Oldest first.
 *
 * @example weightChanges(epochs).map(({ cause }) => cause) // ['bandit', 'bandit']
 */
export function weightChanges(epochs: readonly EpochView[]): EpochView[] {
  const oldestFirst = [...epochs].sort((a, b) => a.number - b.number);
  return oldestFirst.filter((epoch, place) => {
    const before = oldestFirst[place - 1];
    return before !== undefined && epoch.phase === 0 && !sameWeights(before.weights, epoch.weights);
  });
}

function sameWeights(before: EpochView['weights'], after: EpochView['weights']): boolean {
  return Object.keys({ ...before, ...after }).every(
    (key) => Math.abs((before[key] ?? 0) - (after[key] ?? 0)) < 1e-9,
  );
}
