import type { Experiment } from '../../experiments/experiment.js';
import type { ArchivedDay } from '../../metrics/retention/closed-day.js';
import { durationMilliseconds } from '../../operations/duration.js';
import { counted } from '../figure.js';
import type { Warning } from '../warning.js';

/**
 * A warning where figures that are read from raw outcomes lack those that have left the database: the experiment's own,
 * and the past of its units where that is its covariate. Totals hold all.
 *
 * @example archiveWarnings(experiment, []) // []
 */
export function archiveWarnings(experiment: Experiment, archived: readonly ArchivedDay[]): Warning[] {
  const own = archived.filter(({ experiments }) => experiments.includes(experiment.id)).length;
  const past = archived.filter((day) => isPastOf(experiment, day)).length;
  const messages = [
    ...(own > 0 ? [ownMessage(experiment, own)] : []),
    ...(past > 0
      ? [
          `Raw outcomes of ${counted(past, 'cohort day')} in which the covariate's past may lie are archived: of those units it is not known.`,
        ]
      : []),
  ];
  return messages.length === 0 ? [] : [{ code: 'OUTCOMES_ARCHIVED', message: messages.join(' ') }];
}

function ownMessage({ source }: Experiment, days: number): string {
  const before = source === 'imported' ? '' : ' ?asOf= gives the looks recorded before, as they were.';
  return (
    `Raw outcomes of ${counted(days, 'cohort day')} are archived. Judged metrics and effects by days since exposure rest on the ` +
    `other days alone, quantiles on sketches; everything else is complete.${before}`
  );
}

/** Whether outcomes of other experiments were dropped that happened when the past of the first units was looked for. */
function isPastOf({ id, startedAt, metrics: { covariate } }: Experiment, day: ArchivedDay): boolean {
  if (!covariate || 'attribute' in covariate || startedAt === null || day.latestAt === null) return false;
  const begins = startedAt.getTime() - durationMilliseconds(covariate.before);
  return day.experiments.some((other) => other !== id) && day.latestAt.getTime() >= begins;
}
