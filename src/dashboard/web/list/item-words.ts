import type { OverviewItemView } from '../api/contract.js';
import { countOf, differenceOf, valueOf } from '../format/number.js';
import { ageOf } from '../format/time.js';

type Primary = NonNullable<OverviewItemView['primary']>;

const verdicts: Readonly<Record<NonNullable<Primary['decided']>, string>> = {
  better: 'better',
  worse: 'worse',
  none: 'no difference worth acting on',
};

/** The interval that holds however often one looks, where there is one: the list is looked at all day. */
export function intervalOf({ sequentialInterval, interval }: Primary): readonly [number, number] | null {
  return sequentialInterval ?? interval;
}

/**
 * The primary metric's answer.
 *
 * @example primaryWords(primary) // '+0.21 (0.15 to 0.27), better'
 */
export function primaryWords(primary: Primary): string {
  const { difference, decided, unit } = primary;
  if (difference === null) return 'not enough data yet';
  const interval = intervalOf(primary);
  const scale = unit === 'share' ? 100 : 1;
  const bounds = interval ? ` (${valueOf(interval[0] * scale)} to ${valueOf(interval[1] * scale)})` : '';
  return `${differenceOf(difference, unit || null)}${bounds}, ${decided ? verdicts[decided] : 'not clear yet'}`;
}

/**
 * How far it is, and how long it takes.
 *
 * @example progressWords(item) // 'Day 5, 1,203 of 2,400 units, about 4 days to go'
 */
export function progressWords({ status, progress }: OverviewItemView): string {
  const { units, unitsNeeded, day, daysLeft } = progress;
  if (day === 0) return status === 'imported' ? `${countOf(units)} units` : 'Not started';
  const counted = unitsNeeded === null ? countOf(units) : `${countOf(units)} of ${countOf(unitsNeeded)}`;
  const parts = [`Day ${countOf(day)}`, `${counted} units`];
  if (status === 'running' && daysLeft !== null)
    parts.push(
      daysLeft === 0 ? 'due now' : `about ${countOf(daysLeft)} ${daysLeft === 1 ? 'day' : 'days'} to go`,
    );
  return parts.join(', ');
}

/** What is younger is as good as the experiment's own page. */
const fresh = 60_000;

/**
 * Of when the figures are, where they are not of now.
 *
 * @example asOfWords(item, now) // 'figures of 3 min. ago'
 */
export function asOfWords({ asOf }: Pick<OverviewItemView, 'asOf'>, now: number): string | null {
  const age = asOf === null ? 0 : now - Date.parse(asOf);
  return age < fresh ? null : `figures of ${ageOf(age)}`;
}

/**
 * Who acted last.
 *
 * @example actorWords('person:anna') // 'anna'
 */
export function actorWords(actor: string): string {
  if (actor.startsWith('person:')) return actor.slice('person:'.length);
  return actor === 'code' ? 'the code' : `the ${actor}`;
}

/**
 * What the health checks say, in a word or two.
 *
 * @example healthWords(item) // 'split as planned; 2 warnings'
 */
export function healthWords({
  health: { srm, warnings },
  progress,
}: Pick<OverviewItemView, 'health' | 'progress'>): string {
  if (srm) return 'sample ratio mismatch';
  const split = progress.units === 0 ? 'no units yet' : 'split as planned';
  const count = warnings === 0 ? 'no' : countOf(warnings);
  return `${split}; ${count} ${warnings === 1 ? 'warning' : 'warnings'}`;
}
