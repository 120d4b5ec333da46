import { chance, figure } from '../figure.js';
import type { Warning } from '../warning.js';
import type { Drift, Effect, Novelty, TimeEffects, TimeReport } from './time-effects.js';

/** The codes of the warnings below. */
export const timeWarningCodes: ReadonlySet<Warning['code']> = new Set<Warning['code']>([
  'NOVELTY',
  'DRIFT',
  'WEEKDAYS_DIFFER',
  'NOT_ALL_WEEKDAYS',
]);

/**
 * What a reader should know of time before believing the report.
 *
 * @example timeWarnings(report)[0]?.code; // 'NOVELTY'
 */
export function timeWarnings({ weekdaysSeen, effects }: TimeReport): Warning[] {
  return [...unseenWeekdays(weekdaysSeen), ...effects.flatMap(effectWarnings)];
}

function unseenWeekdays(seen: TimeReport['weekdaysSeen']): Warning[] {
  if (seen === null || seen.length === 0 || seen.length === 7) return [];
  const message =
    `Weekdays not all seen: matured units came on ${seen.length} of 7 (${seen.join(', ')}). Users and effects may differ ` +
    'on the others; let the experiment run for whole weeks before deciding.';
  return [{ code: 'NOT_ALL_WEEKDAYS', message }];
}

function effectWarnings(effect: TimeEffects): Warning[] {
  const about = `${effect.metric}, ${effect.variant}:`;
  const { novelty, weekdaysDiffer, drift } = effect;
  const warnings: Warning[] = [];
  if (novelty && (novelty.fading || novelty.growing))
    warnings.push({ code: 'NOVELTY', message: `${about} ${noveltySentence(novelty)}` });
  if (weekdaysDiffer?.differ) {
    const message =
      `${about} the effect differs between weekdays, ${ends(effect.weekdays, ({ weekday }) => `for units that came on a ${weekday}`)} ` +
      `(${chance(weekdaysDiffer.adjustedPValue)}). Decide on whole weeks only, and ask who comes on which day.`;
    warnings.push({ code: 'WEEKDAYS_DIFFER', message });
  }
  if (drift?.drifting) warnings.push({ code: 'DRIFT', message: `${about} ${driftSentence(drift)}` });
  return warnings;
}

function noveltySentence({ first, later, fading, adjustedPValue }: Novelty): string {
  const [early, late] = [figure(first.difference ?? 0), figure(later.difference ?? 0)];
  const beginning =
    first.from > 0
      ? `on days ${first.from} to ${first.to} after the first exposure`
      : first.to === 0
        ? 'on the day of the first exposure'
        : `in the first ${first.to + 1} days after the first exposure`;
  const advice = fading
    ? 'It wears off: decide on the later figure, and let the experiment run until that is precise enough.'
    : 'It grows with use: the average understates what lasts, so decide on the later figure.';
  return `the effect was ${early} ${beginning} and ${late} afterwards (${chance(adjustedPValue ?? 1)}). ${advice}`;
}

function driftSentence({ weeks, adjustedPValue }: Drift): string {
  const whole = weeks.filter(({ days }) => days === 7);
  return (
    `the effect changed with the calendar, ${ends(whole, ({ from }) => `for units of the week from ${from}`)} ` +
    `(${chance(adjustedPValue)}). The average hides that: find out what changed (traffic, models, prompts), and ` +
    'trust the latest weeks most.'
  );
}

/** The smallest and the largest effect. */
function ends<Part extends Effect>(parts: readonly Part[], name: (part: Part) => string): string {
  const known = parts.flatMap((part) => (part.difference === null ? [] : [{ part, value: part.difference }]));
  const sorted = known.sort((one, other) => one.value - other.value);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (!least || !most) return 'by more than chance explains';
  return `from ${figure(least.value)} ${name(least.part)} to ${figure(most.value)} ${name(most.part)}`;
}
