import type { PlanView } from '../api/contract.js';
import { countOf } from '../format/number.js';

/** Where new units come from: a number a day, an experiment's traffic, or nobody knows. */
export type Traffic = { readonly perDay: number } | { readonly from: string } | null;

/**
 * How many units and days it takes, in one sentence.
 *
 * @example sizeSentence({ unitsPerVariant: 14200, days: 14, … }, 'user', { perDay: 2400 })
 * // '14,200 users per variant, 28,400 in all: about 14 days at 2,400 new users a day.'
 */
export function sizeSentence(
  { unitsPerVariant, units, days }: Pick<PlanView, 'unitsPerVariant' | 'units' | 'days'>,
  unit: string,
  traffic: Traffic,
): string {
  const size = `${countOf(unitsPerVariant)} ${unit}s per variant, ${countOf(units)} in all`;
  if (traffic === null) return `${size}. Give the traffic to see how long that takes.`;
  const rate =
    'from' in traffic ? `the traffic of ${traffic.from}` : `${countOf(traffic.perDay)} new ${unit}s a day`;
  return days === null
    ? `${size}: they never arrive at ${rate}.`
    : `${size}: about ${countOf(days)} days at ${rate}.`;
}

/**
 * Whether the time is enough, in a few words; null where the traffic is not known.
 *
 * @example verdictOf({ feasible: false, days: 84 }, 60) // 'Too long: it may take 60 days.'
 */
export function verdictOf(
  { feasible }: Pick<PlanView, 'feasible'>,
  maximumDays: number,
): { readonly tone: 'good' | 'bad'; readonly words: string } | null {
  if (feasible === null) return null;
  return feasible
    ? { tone: 'good', words: `Fits into its ${countOf(maximumDays)} days.` }
    : { tone: 'bad', words: `Does not fit into its ${countOf(maximumDays)} days.` };
}
