import { adjustPValues } from '../../statistics/adjust-p-values.js';
import type { TimeEffects } from './time-effects.js';

/** Level of all alarms of one report together: strict, as reports are read again and again. */
export const alarmLevel = 0.01;

/**
 * The effects with their p-values corrected (Holm) over everything that the report tests, and judged at
 * {@link alarmLevel}. Reading a report every day is not corrected for.
 *
 * @example withAlarms(effects)[0]?.novelty?.fading; // true
 */
export function withAlarms(effects: readonly TimeEffects[]): TimeEffects[] {
  const tested = effects.flatMap(pValuesOf).filter((pValue) => pValue !== null);
  const adjusted = adjustPValues(tested, 'holm');
  let place = 0;
  // In the order in which the p-values were taken.
  const next = (pValue: number | null) => (pValue === null ? null : (adjusted[place++] ?? 1));
  return effects.map((effect) => {
    const [novelty, weekdays, drift] = pValuesOf(effect).map(next);
    return {
      ...effect,
      novelty: effect.novelty && judgedNovelty(effect.novelty, novelty ?? null),
      weekdaysDiffer: effect.weekdaysDiffer && {
        ...effect.weekdaysDiffer,
        adjustedPValue: weekdays ?? 1,
        differ: isAlarm(weekdays),
      },
      drift: effect.drift && {
        ...effect.drift,
        adjustedPValue: drift ?? 1,
        drifting: isAlarm(drift),
      },
    };
  });
}

function pValuesOf({ novelty, weekdaysDiffer, drift }: TimeEffects): (number | null)[] {
  return [novelty?.pValue ?? null, weekdaysDiffer?.pValue ?? null, drift?.pValue ?? null];
}

function judgedNovelty(novelty: NonNullable<TimeEffects['novelty']>, adjustedPValue: number | null) {
  const [first, later] = [novelty.first.difference ?? 0, novelty.later.difference ?? 0];
  const changed = isAlarm(adjustedPValue);
  const smaller = Math.abs(later) < Math.abs(first);
  return { ...novelty, adjustedPValue, fading: changed && smaller, growing: changed && !smaller };
}

function isAlarm(pValue: number | null | undefined): boolean {
  return pValue !== null && pValue !== undefined && pValue <= alarmLevel;
}
