import type { Budget } from '../../experiments/budget.js';
import { dayMilliseconds } from '../../operations/duration.js';

/** US dollars that an experiment had spent by an instant. */
export interface SpendMark {
  readonly at: Date;
  readonly spent: number;
}

/** What a look that found a budget spent had before it, as its decision has it. */
export interface SpentFinding extends SpendMark {
  readonly today: number;
  /** As it was then. */
  readonly budget: Partial<Budget>;
}

/** What an experiment spends, in US dollars. */
export interface Spend {
  /** Since its start: every variant, the holdback and every stage of a rollout. */
  readonly spent: number;
  /** Since midnight, UTC. */
  readonly today: number;
  readonly forecast: SpendForecast;
  readonly budget: Budget | null;
}

/** What lies ahead if it goes on spending as in the last day. */
export interface SpendForecast {
  /** US dollars a day, from the last 24 hours or the time since the start; null while nothing can be said. */
  readonly perDay: number | null;
  /** When the total will be spent, or was found to be; null without one, or when nothing is being spent, or nobody knows. */
  readonly exhaustedAt: Date | null;
  /** When the day's budget will be spent, if before midnight, or was found to be today. */
  readonly todayExhaustedAt: Date | null;
}

/** The start of an instant's UTC day. */
export function midnightBefore(now: Date): Date {
  return new Date(Math.floor(now.getTime() / dayMilliseconds) * dayMilliseconds);
}

/**
 * What is spent, what today, and what lies ahead: a straight line through now and a day ago.
 *
 * @param spent so far
 * @param marks earlier figures, oldest first; before the first of them, `startedAt` counts as one with nothing spent
 * @param findings looks that found a budget spent, oldest first
 * @example spendOf(30, [{ at: yesterday, spent: 10 }], yesterday, { total: 50, action: 'pause' }, now).forecast.exhaustedAt // tomorrow
 */
export function spendOf(
  spent: number,
  marks: readonly SpendMark[],
  startedAt: Date | null,
  budget: Budget | null,
  now: Date,
  findings: readonly SpentFinding[] = [],
): Spend {
  const known = startedAt
    ? [{ at: startedAt, spent: 0 }, ...marks.filter(({ at }) => at >= startedAt)]
    : marks;
  const today = spent - (spentBy(known, midnightBefore(now)) ?? spent);
  const forecast = forecastOf(spent, today, known, budget, now);
  return {
    spent,
    today,
    forecast: { ...forecast, ...foundSpent(spent, today, budget ?? {}, now, findings) },
    budget,
  };
}

/** What had been spent by then: as of the first mark at or after it, since a mark is taken each hour. */
function spentBy(marks: readonly SpendMark[], instant: Date): number | undefined {
  return (marks.find(({ at }) => at >= instant) ?? marks.at(-1))?.spent;
}

function forecastOf(
  spent: number,
  today: number,
  marks: readonly SpendMark[],
  budget: Budget | null,
  now: Date,
): SpendForecast {
  const dayAgo = now.getTime() - dayMilliseconds;
  const from = marks.findLast(({ at }) => at.getTime() <= dayAgo) ?? marks[0];
  const elapsed = from ? now.getTime() - from.at.getTime() : 0;
  const rate = from && elapsed > 0 ? Math.max(0, spent - from.spent) / elapsed : null;
  if (rate === null) return { perDay: null, exhaustedAt: null, todayExhaustedAt: null };
  const whenSpent = (bound: number | undefined, already: number): Date | null =>
    bound === undefined ? null : inTime(now, (bound - already) / rate);
  const todayExhaustedAt = whenSpent(budget?.perDay, today);
  const midnight = midnightBefore(now).getTime() + dayMilliseconds;
  return {
    perDay: rate * dayMilliseconds,
    exhaustedAt: whenSpent(budget?.total, spent),
    todayExhaustedAt: todayExhaustedAt && todayExhaustedAt.getTime() < midnight ? todayExhaustedAt : null,
  };
}

/** Of a budget that is spent already there is nothing to forecast: the first look that found so much spent says when. */
function foundSpent(
  spent: number,
  today: number,
  { total = Infinity, perDay = Infinity }: Partial<Budget>,
  now: Date,
  findings: readonly SpentFinding[],
): Partial<SpendForecast> {
  const midnight = midnightBefore(now);
  const whole = findings.find((each) => each.spent >= Math.max(total, each.budget.total ?? Infinity));
  const daily = findings.find(
    (each) => each.at >= midnight && each.today >= Math.max(perDay, each.budget.perDay ?? Infinity),
  );
  return {
    ...(spent >= total ? { exhaustedAt: whole?.at ?? null } : {}),
    ...(today >= perDay ? { todayExhaustedAt: daily?.at ?? null } : {}),
  };
}

/** Null for what lies further ahead than dates reach. */
function inTime(now: Date, milliseconds: number): Date | null {
  const at = new Date(now.getTime() + milliseconds);
  return Number.isNaN(at.getTime()) ? null : at;
}
