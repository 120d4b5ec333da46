import type { DecisionView, VerdictView } from '../../api/contract.js';
import { countOf, valueOf } from '../../format/number.js';
import { instantOf } from '../../format/time.js';
import { recordIn, recordsIn, textIn } from '../log/evidence.js';
import { guardrailState, verdictUnit } from './guardrail-words.js';

const most = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });

/** An e-value from which on harm is sure; null where there is no e-process. */
export function alarmLine({ eValueAlpha }: Pick<VerdictView, 'eValueAlpha'>): number | null {
  return eValueAlpha === null || eValueAlpha <= 0 ? null : 1 / eValueAlpha;
}

/** Large e-values are powers of ten to any reader. */
export function eValueOf(value: number | null): string {
  if (value === null) return '–';
  if (value >= 1e6) return `10${raised(Math.floor(Math.log10(value)))}`;
  return most.format(value);
}

function raised(power: number): string {
  return [...String(power)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? digit).join('');
}

/**
 * What a verdict says of a variant, in a sentence or two.
 *
 * @param unit of the guarded metric
 * @example verdictSentence(verdict, 'ms', []) // 'The mean is 0.03 over 812 units. It may not be above 0.1; by now it is surely not …'
 */
export function verdictSentence(
  verdict: VerdictView,
  unit: string | null,
  decisions: readonly DecisionView[],
): string {
  const { mean, overriddenUntil, distrusted } = verdict;
  const state = guardrailState({ ...verdict, overriddenUntil: null });
  const figures = mean === null ? '' : ` ${meanWords(verdict, unit)}`;
  const found = {
    breached: `Harm is sure.${figures}${recentWords(verdict)}${breachWords(verdict, decisions)}`,
    unclear: `Too little is known to say.${figures}`,
    'no-data': 'No unit has a value yet, and without data it takes no action.',
    quiet: `No sign of harm.${figures}`,
    overridden: '',
  }[state];
  const silenced = overriddenUntil
    ? ` A person has overridden it until ${instantOf(overriddenUntil)}: it takes no action.`
    : '';
  return `${found}${silenced}${distrusted ? ` It decides nothing just now: ${distrusted}.` : ''}`;
}

function meanWords(verdict: VerdictView, unit: string | null): string {
  const { guardrail, mean, threshold, bound, side, units, since } = verdict;
  const own = verdictUnit(verdict, unit);
  const counted = `${countOf(units)} units${sinceWords(since)}`;
  const limit = threshold === null ? '' : `; the limit is ${valueOf(threshold, own)}`;
  const surely = isBeyond(verdict) ? `, and it is surely ${side} ${valueOf(bound, own)}` : '';
  const { quantile, above, below } = guardrail;
  if (quantile === undefined) return `The mean of ${counted} is ${valueOf(mean, own)}${limit}${surely}.`;
  const beyond = above === undefined ? `below ${valueOf(below, unit)}` : `above ${valueOf(above, unit)}`;
  return `Of ${counted} ${valueOf(mean, own)} of the values lie ${beyond}${limit}${surely}.`;
}

/** Whether what the mean is surely beyond lies beyond the limit itself. */
function isBeyond({ bound, threshold, side }: VerdictView): boolean {
  if (bound === null || threshold === null) return false;
  return side === 'above' ? bound > threshold : bound < threshold;
}

function sinceWords(since: string | null): string {
  return since === null ? '' : ` first exposed since ${since}`;
}

/**
 * Which units broke it, where the mean of all lies within the limit: since the e-value was lowest, until it gave alarm. An
 * e-value takes units in their order, so it sees harm that began lately where a mean over everyone does not.
 */
function recentWords(verdict: VerdictView): string {
  const { mean, threshold, side, path } = verdict;
  const line = alarmLine(verdict);
  if (mean === null || threshold === null || line === null) return '';
  if (side === 'above' ? mean > threshold : mean < threshold) return '';
  const place = path.findIndex(({ eValue }) => eValue >= line);
  const alarm = path[place];
  const before = path.slice(0, Math.max(0, place));
  const lowest = before.reduce<(typeof path)[number] | undefined>(
    (least, point) => (least === undefined || point.eValue <= least.eValue ? point : least),
    undefined,
  );
  if (alarm === undefined || lowest === undefined) return '';
  const recent = alarm.observations - lowest.observations;
  return (
    ` All units together keep within it; what broke it are the latest: with the ${countOf(recent)} that came from ` +
    `${instantOf(lowest.at)} to ${instantOf(alarm.at)} the e-value rose from ${eValueOf(lowest.eValue)} to ${eValueOf(alarm.eValue)}.`
  );
}

function breachWords(verdict: VerdictView, decisions: readonly DecisionView[]): string {
  const at = breachedSince(verdict, decisions);
  return at === null ? '' : ` It acted on this on ${instantOf(at)}.`;
}

/**
 * When a guardrail last acted on the variant; null when it never has.
 *
 * @param decisions newest first
 */
export function breachedSince(
  { guardrail, variant }: Pick<VerdictView, 'guardrail' | 'variant'>,
  decisions: readonly DecisionView[],
): string | null {
  const name = JSON.stringify(Object.entries(guardrail).sort());
  const acted = decisions.find(
    ({ actor, evidence }) =>
      actor === 'guardrail' &&
      recordsIn(evidence, 'breached').some((breached) => {
        const own = recordIn(breached, 'guardrail');
        return (
          own !== null &&
          textIn(breached, 'variant') === variant &&
          JSON.stringify(Object.entries(own).sort()) === name
        );
      }),
  );
  return acted?.at ?? null;
}
