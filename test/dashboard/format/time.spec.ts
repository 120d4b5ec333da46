import { ageOf } from '../../../src/dashboard/web/format/time.js';

describe('an age', () => {
  // Intl.RelativeTimeFormat, style "short", numeric "always", in English: https://tc39.es/ecma402/#relativetimeformat-objects
  it.each([
    [-400, '0 sec. ago'],
    [0, '0 sec. ago'],
    [65_000, '1 min. ago'],
    [26 * 3_600_000, '1 day ago'],
  ])('of %i ms is told as "%s"', (milliseconds, told) => {
    expect(ageOf(milliseconds)).toBe(told);
  });
});
