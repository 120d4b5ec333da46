import type { TimeReportView } from '../../api/contract.js';
import type { Interval } from '../../chart/domain.js';

type TimeEffects = TimeReportView['effects'][number];

/** The difference in some part of the time. */
export interface TimePart {
  /** `day 3`, `Monday`, `week of 2026-01-05`. */
  readonly name: string;
  readonly variant: string;
  readonly units: number;
  readonly difference: number | null;
  readonly interval: Interval | null;
}

/** One way to divide time, with its differences. */
export interface Clock {
  readonly title: string;
  /** What was found, in a sentence. */
  readonly finding: string;
  readonly parts: readonly TimePart[];
}

/**
 * The three clocks by which differences on a metric are followed; those without two parts are left out, and `reasons` of
 * the answer say why.
 *
 * @example clocksOf(report.effects, 'user_rating').map(({ title }) => title) // ['By days since first exposure', 'By weekday']
 */
export function clocksOf(effects: readonly TimeEffects[], metric: string): Clock[] {
  const own = effects.filter((effect) => effect.metric === metric);
  const clocks: Clock[] = [
    {
      title: 'By days since first exposure',
      finding: findingOf(own, noveltyFinding),
      parts: own.flatMap(({ variant, novelty }) =>
        (novelty?.days ?? []).map(({ day, ...effect }) => ({ name: `day ${day}`, variant, ...effect })),
      ),
    },
    {
      title: 'By weekday of first exposure (UTC)',
      finding: findingOf(own, weekdayFinding),
      parts: own.flatMap(({ variant, weekdays }) =>
        weekdays.map(({ weekday, ...effect }) => ({ name: weekday, variant, ...effect })),
      ),
    },
    {
      title: 'By week of first exposure',
      finding: findingOf(own, driftFinding),
      parts: own.flatMap(({ variant, drift }) =>
        (drift?.weeks ?? []).map(({ from, days: _days, ...effect }) => ({
          name: `from ${from.slice(0, 10)}`,
          variant,
          ...effect,
        })),
      ),
    },
  ];
  return clocks.filter(({ parts }) => new Set(parts.map(({ name }) => name)).size > 1);
}

function findingOf(
  effects: readonly TimeEffects[],
  sentence: (effect: TimeEffects) => string | null,
): string {
  const found = effects.flatMap((effect) => sentence(effect) ?? []);
  return found.join(' ');
}

function noveltyFinding({ variant, novelty }: TimeEffects): string | null {
  if (!novelty) return null;
  if (novelty.fading) return `${variant}: the effect wears off; decide on the later figure.`;
  if (novelty.growing) return `${variant}: the effect grows; decide on the later figure.`;
  return `${variant}: no change with the days is shown.`;
}

function weekdayFinding({ variant, weekdaysDiffer }: TimeEffects): string | null {
  if (!weekdaysDiffer) return null;
  return weekdaysDiffer.differ
    ? `${variant}: weekdays differ; decide on whole weeks.`
    : `${variant}: no difference between weekdays is shown.`;
}

function driftFinding({ variant, drift }: TimeEffects): string | null {
  if (!drift) return null;
  return drift.drifting
    ? `${variant}: the effect drifts; find out what changed, and trust the latest weeks most.`
    : `${variant}: no drift from week to week is shown.`;
}
