import { cohortBinMilliseconds } from '../bucketing/cohort.js';

/** Spans before the last one that it is compared with: a week of days, so that every weekday is among them. */
const pastSpans = 7;

/** Bins that are looked at together when they are shorter than a day. */
const binsOfSpan = 24;

const dayMilliseconds = 86_400_000;

/** Which units' rewards are compared to see a jump; by when their cohort bins began. */
export interface JumpSpans {
  readonly recentFrom: Date;
  readonly pastFrom: Date;
  /** Number of the span since the start, from 1. */
  readonly number: number;
  /** Looks that see other units, in one span. */
  readonly looks: number;
}

/**
 * The last span of matured units and the seven before it: days, or 24 hours, minutes or seconds where the window is short.
 *
 * @param binsBefore matured cohort bins began before this
 * @example jumpSpans(binsBefore, startedAt, 'P7D').looks; // 1
 */
export function jumpSpans(binsBefore: Date, startedAt: Date, window: string): JumpSpans {
  const bin = cohortBinMilliseconds(window);
  const looks = bin === dayMilliseconds ? 1 : binsOfSpan;
  const span = bin * looks;
  const end = binsBefore.getTime();
  return {
    recentFrom: new Date(end - span),
    pastFrom: new Date(end - (pastSpans + 1) * span),
    number: Math.max(1, Math.ceil((end - startedAt.getTime()) / span)),
    looks,
  };
}

/**
 * Whether a jump that a person let pass has become the past by now, so that jumps are looked for again.
 *
 * @example isAbsorbed(null, now, 'P7D'); // true
 */
export function isAbsorbed(acceptedAt: Date | null, now: Date, window: string): boolean {
  if (!acceptedAt) return true;
  const bin = cohortBinMilliseconds(window);
  const span = bin === dayMilliseconds ? bin : bin * binsOfSpan;
  return now.getTime() >= acceptedAt.getTime() + (pastSpans + 1) * span + bin;
}
