import { cohortDay } from '../bucketing/cohort.js';
import { dayMilliseconds } from '../operations/duration.js';
import { agreement, agreementChange, type Agreement } from '../statistics/agreement.js';
import type { Insufficient } from '../statistics/estimate.js';
import type { LabelledScore } from './label.js';

/** Agreement on the answers of one week. */
export interface WeeklyAgreement {
  /** The Monday (UTC) that it began on, `YYYY-MM-DD`. */
  readonly week: string;
  readonly agreement: Agreement | Insufficient;
}

/** Whether a judge still agrees with people as it did. */
export interface AgreementDrift {
  /** Chance of such a difference between the earlier and the later half of units, had nothing changed; null = too few. */
  readonly pValue: number | null;
  readonly drifted: boolean;
}

const alpha = 0.05;
/** Asked again with every label, so it takes more than one look's evidence. */
const driftAlpha = 0.005;

/**
 * Agreement by the weeks in which answers were given.
 *
 * @example weeklyAgreement(scores)[0]?.week // '2026-01-05'
 */
export function weeklyAgreement(scores: readonly LabelledScore[]): WeeklyAgreement[] {
  const weeks = [...new Set(scores.map(({ at }) => mondayOf(at)))];
  return weeks.map((week) => {
    const own = scores.filter(({ at }) => mondayOf(at) === week);
    return { week, agreement: agreement(own, alpha) };
  });
}

/**
 * Holds the units answered first against those answered later.
 *
 * @param scores oldest first
 * @example agreementDrift(scores) // { pValue: 0.4, drifted: false }
 */
export function agreementDrift(scores: readonly LabelledScore[]): AgreementDrift {
  const units = [...new Set(scores.map(({ unit }) => unit))];
  const first = new Set(units.slice(0, Math.floor(units.length / 2)));
  const earlier = scores.filter(({ unit }) => first.has(unit));
  const later = scores.filter(({ unit }) => !first.has(unit));
  const pValue = agreementChange(earlier, later);
  return { pValue, drifted: pValue !== null && pValue < driftAlpha };
}

function mondayOf(at: Date): string {
  const sinceMonday = (at.getUTCDay() + 6) % 7;
  return cohortDay(new Date(at.getTime() - sinceMonday * dayMilliseconds));
}
