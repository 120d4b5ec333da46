/** Weekdays as reports name them, from Monday on. */
export const weekdays = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;
export type Weekday = (typeof weekdays)[number];

/** A difference from the control in some part of the time. */
export interface Effect {
  /** Units of both variants that it rests on. */
  readonly units: number;
  /** Variant minus control; null where nothing can be said. */
  readonly difference: number | null;
  /** Confidence interval at 1 − alpha of the plan, for this part alone. */
  readonly interval: [number, number] | null;
}

/** A test of a time effect, with the p-value corrected for all that the same report tests. */
export interface TimeTest {
  readonly pValue: number;
  /** Holm over the novelty, weekday and drift tests of all primary metrics and variants of the report. */
  readonly adjustedPValue: number;
}

/** The effect on days `from` to `to` since a unit's first exposure. */
export interface PeriodEffect {
  readonly from: number;
  readonly to: number;
  readonly difference: number | null;
  readonly interval: [number, number] | null;
}

/** Whether the effect fades or grows the longer ago units met their variant. */
export interface Novelty {
  /** By whole days since the unit's first exposure, over the units observed for all of that day. */
  readonly days: readonly (Effect & { readonly day: number })[];
  readonly first: PeriodEffect;
  readonly later: PeriodEffect;
  /** Later less first. */
  readonly change: { readonly difference: number | null; readonly interval: [number, number] | null };
  /** Change of the effect per day. */
  readonly slope: number | null;
  readonly slopeInterval: [number, number] | null;
  /** What `pValue` tests: the first week against later, once 14 days have been observed; the slope before. */
  readonly test: 'first-week-against-later' | 'slope';
  readonly pValue: number | null;
  readonly adjustedPValue: number | null;
  /** The change is no chance, and the later effect is the smaller one (in size). */
  readonly fading: boolean;
  /** The change is no chance, and the later effect is the larger one (in size). */
  readonly growing: boolean;
}

/** Whether the effect differs between units that came in different weeks. */
export interface Drift {
  /** Seven days each, from the day on which the first units came; the last may be shorter. */
  readonly weeks: readonly (Effect & { readonly from: string; readonly days: number })[];
  /** Change of the effect per week, over whole weeks. */
  readonly slope: number;
  readonly slopeInterval: [number, number];
  /** Of "the same in all whole weeks". */
  readonly pValue: number;
  readonly adjustedPValue: number;
  readonly drifting: boolean;
}

/** How the difference of one variant from the control on one primary metric moves with time. */
export interface TimeEffects {
  readonly metric: string;
  readonly variant: string;
  readonly against: string;
  readonly novelty: Novelty | null;
  /** By the weekday (UTC) on which units came; weekdays without units are left out. */
  readonly weekdays: readonly (Effect & { readonly weekday: Weekday })[];
  readonly weekdaysDiffer: (TimeTest & { readonly differ: boolean }) | null;
  readonly drift: Drift | null;
  /** Why parts of it are missing. */
  readonly reasons: readonly string[];
}

/** What variants do against units kept on the configuration of before. */
export interface HoldbackEffect {
  readonly metric: string;
  /** 0 = the test; above = a stage of the rollout. */
  readonly phase: number;
  /** A variant's key, or `$everyone`: all variants together, as they were served. */
  readonly variant: string;
  /** Units of the holdback and of the variant. */
  readonly units: readonly [holdback: number, variant: number];
  /** Variant minus holdback. */
  readonly difference: number | null;
  /** Confidence sequence at 1 − `alpha`: holds however often one looks. */
  readonly interval: [number, number] | null;
  /** Of this comparison alone; it shares nothing with the comparisons of variants. */
  readonly alpha: number;
  readonly reason: string | null;
}

/** The difference of one variant from the control before and since another model began to answer to a name. */
export interface ModelEffect {
  /** RFC 3339 instant at which the change was noted. */
  readonly at: string;
  /** What changed. */
  readonly reason: string;
  readonly metric: string;
  readonly variant: string;
  readonly against: string;
  /** Over units that came before, since the change before it. */
  readonly before: Effect;
  /** Over units that came since, up to the next change. */
  readonly since: Effect;
  /** Since less before, at 1 − alpha, for this change alone; null until 50 units of each variant came on both sides. */
  readonly change: { readonly difference: number | null; readonly interval: [number, number] | null };
}

/** How an experiment's effects move with time, at one moment. */
export interface TimeReport {
  readonly experiment: string;
  /** RFC 3339 instant of the report. */
  readonly asOf: string;
  /** Level of all alarms of one report together. */
  readonly alarmLevel: number;
  /** Weekdays (UTC) on which matured units came, from Monday on; null where they say nothing (imported data, demonstrations). */
  readonly weekdaysSeen: readonly Weekday[] | null;
  readonly effects: readonly TimeEffects[];
  /** Empty as long as the models behind their names stay the same. */
  readonly modelChanges: readonly ModelEffect[];
  /** Empty without a holdback that has units. */
  readonly holdback: readonly HoldbackEffect[];
}
