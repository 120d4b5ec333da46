/** How often and how patiently a failed call is repeated. */
export interface RetryPolicy {
  /** Requests in all, the first one included. */
  readonly maximumAttempts: number;
  /** Milliseconds before the second request; doubles each time, up to `maximumPause`. */
  readonly firstPause: number;
  readonly maximumPause: number;
}

export const defaultRetryPolicy: RetryPolicy = { maximumAttempts: 3, firstPause: 500, maximumPause: 8000 };

export interface FailedAttempt {
  /** Requests sent so far. */
  readonly attempts: number;
  /** What the provider asked for, in milliseconds; `null` when it did not. */
  readonly retryAfter: number | null;
  /** Milliseconds left until the deadline. */
  readonly remaining: number;
}

/**
 * Milliseconds to wait before trying again, or `null` to give up. The provider's `retry-after` is obeyed as it stands;
 * without one the pause grows exponentially, jittered over its upper half so that replicas do not return together.
 * A pause that would reach the deadline is not begun: the caller learns at once.
 * Source: "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015), equal jitter.
 *
 * @example retryDelay(policy, { attempts: 2, retryAfter: null, remaining: 60_000 }, 1) // 1000
 */
export function retryDelay(policy: RetryPolicy, failed: FailedAttempt, random: number): number | null {
  if (failed.attempts >= policy.maximumAttempts) return null;
  const grown = Math.min(policy.firstPause * 2 ** (failed.attempts - 1), policy.maximumPause);
  const pause = failed.retryAfter ?? grown * (0.5 + random / 2);
  return pause < failed.remaining ? pause : null;
}

/**
 * The pause a provider asks for, in milliseconds: `retry-after-ms`, else `retry-after` in seconds or as a date.
 * `null` when there is none or it cannot be read.
 *
 * @example retryAfter((name) => ({ 'retry-after': '2' })[name] ?? null, new Date()) // 2000
 */
export function retryAfter(header: (name: string) => string | null, now: Date): number | null {
  const milliseconds = nonNegative(header('retry-after-ms'));
  if (milliseconds !== null) return milliseconds;
  const value = header('retry-after');
  const seconds = nonNegative(value);
  if (seconds !== null) return seconds * 1000;
  const date = value === null || isNumeric(value) ? NaN : Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}

function isNumeric(value: string): boolean {
  return value.trim() !== '' && !Number.isNaN(Number(value));
}

function nonNegative(value: string | null): number | null {
  if (value === null || !isNumeric(value)) return null;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? number : null;
}
