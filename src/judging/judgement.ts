import type { JudgedMessage } from './judge-prompt.js';

/**
 * Where a judgement stands: `due`; `scored`, its outcome not written yet; `recorded`; `failed`, after all attempts;
 * `lapsed`, as its text or its unit's days are gone.
 */
export type JudgementStatus = 'due' | 'scored' | 'recorded' | 'failed' | 'lapsed';

/** A logged generation that is to be judged, as whoever claimed it holds it. */
export interface Judgement {
  readonly generationId: string;
  readonly phase: number;
  readonly unit: string;
  readonly interaction: string;
  readonly at: Date;
  readonly status: 'due' | 'scored';
  /** Attempts begun, this one included. */
  readonly attempts: number;
  /** Of one `scored` already. */
  readonly score: number | null;
  /** What was asked and answered; null = the log has it no more. */
  readonly messages: readonly JudgedMessage[] | null;
  readonly answer: string | null;
}

/** How the judgements of one variant stand. */
export interface JudgementCount {
  readonly variant: string;
  readonly status: JudgementStatus;
  readonly count: number;
}

/** Whose logged answers are judged. */
export interface JudgedSampling {
  readonly experimentId: number;
  readonly salt: string;
  readonly samplingRate: number;
  readonly variants: readonly string[];
}

/** What is written of an attempt; what is left out stays. */
export interface AttemptResult {
  readonly dueAt?: Date;
  readonly error?: string | null;
  readonly model?: string;
  readonly calls: number;
  readonly costUsd: number;
  /** Null: it is not over. */
  readonly judgedAt: Date | null;
  /** Whether the attempt does not count. */
  readonly uncounted?: boolean;
}

/** What a judge's call led to, and what it cost. */
export type JudgeFinding<T> =
  | (JudgeCost & { readonly kind: 'answered'; readonly answer: T; readonly model: string })
  /** `again`: trying later may help. */
  | (JudgeCost & { readonly kind: 'failed'; readonly error: string; readonly again: boolean })
  /** This process is shutting down; another one goes on. */
  | (JudgeCost & { readonly kind: 'cancelled' });

/** What calls of a judge cost. */
export interface JudgeCost {
  readonly calls: number;
  readonly costUsd: number;
  /** Calls that were answered, at a price that is not known. */
  readonly unpriced: number;
}

/** Attempts that a judgement gets where the model cannot be reached. */
export const mostAttempts = 5;

/** A call may take this long; of a malformed answer there is one more call. */
export const callMilliseconds = 60_000;
/** Whoever claimed a judgement has it for so long: two calls, and time to write. */
export const leaseMilliseconds = 180_000;

/**
 * When a judgement is tried again after so many attempts: after half a minute, and twice as long each time.
 *
 * @example nextAttempt(new Date(0), 2) // a minute later
 */
export function nextAttempt(now: Date, attempts: number): Date {
  return new Date(now.getTime() + 30_000 * 2 ** (attempts - 1));
}

/** What comes of something that a process claimed more often than it may be tried: whoever had it died of it. */
export const abandoned = {
  kind: 'failed',
  error: 'abandoned',
  again: false,
  calls: 0,
  costUsd: 0,
  unpriced: 0,
} as const;

/** Of something whose texts are gone. */
export const lapsedAttempt = (now: Date) =>
  ({ status: 'lapsed', calls: 0, costUsd: 0, judgedAt: now }) as const;

/**
 * Where an attempt leaves what was to be judged: `judged`, to be tried again later, or failed for good.
 *
 * @param attempts begun so far, this one included
 * @example attemptAfter(finding, 1, now).status // 'judged'
 */
export function attemptAfter<T>(
  finding: JudgeFinding<T>,
  attempts: number,
  now: Date,
): AttemptResult & { readonly status: 'due' | 'failed' | 'judged' } {
  const { calls, costUsd } = finding;
  switch (finding.kind) {
    case 'answered':
      return { status: 'judged', model: finding.model, calls, costUsd, judgedAt: now };
    case 'cancelled':
      return { status: 'due', calls, costUsd, judgedAt: null, uncounted: true };
    case 'failed': {
      const { error } = finding;
      if (!finding.again || attempts >= mostAttempts)
        return { status: 'failed', error, calls, costUsd, judgedAt: now };
      return { status: 'due', dueAt: nextAttempt(now, attempts), error, calls, costUsd, judgedAt: null };
    }
  }
}
