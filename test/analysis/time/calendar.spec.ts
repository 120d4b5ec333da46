import fc from 'fast-check';
import { cohortWeeks } from '../../../src/analysis/time/drift.js';
import { daysOfWindow } from '../../../src/analysis/time/since-exposure.js';
import { weekdays } from '../../../src/analysis/time/time-effects.js';
import { weekdayOf } from '../../../src/analysis/time/weekday-effects.js';

const day = 86_400_000;
const text = (number: number) => new Date(number * day).toISOString().slice(0, 10);

describe('the calendar of cohorts', () => {
  it('knows weekdays, before 1970 as after', () => {
    // Published: 1 January 1970 was a Thursday; 20 July 1969, the first steps on the moon, a Sunday; 29 February 2024 a Thursday.
    expect(['1970-01-01', '1969-07-20', '2024-02-29', '2026-01-05'].map(weekdayOf)).toEqual([
      'Thursday',
      'Sunday',
      'Thursday',
      'Monday',
    ]);
    // getUTCDay counts from Sunday.
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 40_000 }), (number) => {
        expect(weekdays.indexOf(weekdayOf(text(number)))).toBe((new Date(number * day).getUTCDay() + 6) % 7);
      }),
    );
  });

  it('cuts days into weeks from the first one, each day in exactly one of them', () => {
    expect(cohortWeeks(['2026-01-15', '2026-01-07'])).toEqual([
      { from: '2026-01-07', days: 7 },
      { from: '2026-01-14', days: 2 },
    ]);
    expect(cohortWeeks([])).toEqual([]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 20_000, max: 20_060 }), { minLength: 1 }), (numbers) => {
        const weeks = cohortWeeks(numbers.map(text));
        expect(weeks[0]?.from).toBe(text(Math.min(...numbers)));
        const span = Math.max(...numbers) - Math.min(...numbers) + 1;
        expect(weeks.reduce((sum, { days }) => sum + days, 0)).toBe(span);
        expect(weeks.slice(0, -1).every(({ days }) => days === 7)).toBe(true);
      }),
    );
  });

  it('follows the effect for the whole days of the window, at most 28', () => {
    expect(['PT36H', 'P7D', 'P4W', 'P60D', 'PT30S'].map(daysOfWindow)).toEqual([1, 7, 28, 28, 0]);
  });
});
