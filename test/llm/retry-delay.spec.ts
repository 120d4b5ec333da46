import fc from 'fast-check';
import { defaultRetryPolicy, retryAfter, retryDelay } from '../../src/llm/retry-delay.js';

const policy = { maximumAttempts: 5, firstPause: 500, maximumPause: 1500 };
const failed = { attempts: 1, retryAfter: null, remaining: 60_000 };

describe('retryDelay', () => {
  it('doubles the pause with each attempt, up to the maximum', () => {
    const pauses = [1, 2, 3, 4].map((attempts) => retryDelay(policy, { ...failed, attempts }, 1));
    expect(pauses).toEqual([500, 1000, 1500, 1500]);
  });

  it('jitters over the upper half', () => {
    expect(retryDelay(policy, failed, 0)).toBe(250);
    expect(retryDelay(policy, failed, 0.5)).toBe(375);
  });

  it('obeys retry-after as it stands, longer or shorter', () => {
    expect(retryDelay(policy, { ...failed, retryAfter: 9000 }, 1)).toBe(9000);
    expect(retryDelay(policy, { ...failed, retryAfter: 0 }, 1)).toBe(0);
  });

  it('gives up after the last attempt', () => {
    expect(retryDelay(policy, { ...failed, attempts: 5 }, 1)).toBeNull();
    expect(retryDelay(defaultRetryPolicy, { ...failed, attempts: 3 }, 1)).toBeNull();
  });

  it('never begins a pause that reaches the deadline', () => {
    fc.assert(
      fc.property(
        fc.record({
          attempts: fc.integer({ min: 1, max: 6 }),
          retryAfter: fc.option(fc.integer({ min: 0, max: 100_000 })),
          remaining: fc.integer({ min: 0, max: 100_000 }),
        }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, random) => {
          const pause = retryDelay(policy, attempt, random);
          expect(pause === null || (pause >= 0 && pause < attempt.remaining)).toBe(true);
        },
      ),
    );
  });
});

describe('retryAfter', () => {
  const now = new Date('2026-11-20T10:00:00Z');
  const read = (headers: Record<string, string | undefined>) =>
    retryAfter((name) => headers[name] ?? null, now);

  it.each([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after-ms': '30', 'retry-after': '2' }, 30],
    // An HTTP date, RFC 9110 section 10.2.3.
    [{ 'retry-after': 'Fri, 20 Nov 2026 10:00:07 GMT' }, 7000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 09:00:00 GMT' }, 0],
  ])('reads %j as %i ms', (headers, expected) => {
    expect(read(headers)).toBe(expected);
  });

  it.each([
    {},
    { 'retry-after': '' },
    { 'retry-after': 'soon' },
    { 'retry-after': '-1' },
    { 'retry-after': 'Infinity' },
  ])('takes %j for no wish at all', (headers) => {
    expect(read(headers)).toBeNull();
  });
});
