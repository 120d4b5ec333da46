import fc from 'fast-check';
import {
  admittedUnits,
  daysUntil,
  observedArrival,
  steadyArrival,
  type Arrival,
} from '../../../src/analysis/planning/arrival.js';
import { arrivalOf } from './planning-fixtures.js';

const everyone = [{ fromDay: 0, share: 1 }];

const observed = (perDay: readonly number[], coverage = 1): Arrival => {
  const arrival = observedArrival(
    perDay.map((units, day) => ({ day: 20_000 + day, units })),
    coverage,
    'exp_v1',
  );
  if (!arrival) throw new Error('nobody arrived');
  return arrival;
};

describe('the arrival of new units', () => {
  it('is as it was observed, and goes on as in its last full week', () => {
    // The first eight days and the last, which may not be over, do not count towards what comes later.
    const arrival = observed([500, 300, 200, 100, 100, 100, 100, 100, 70, 60, 50, 40, 30, 20, 10, 3]);
    expect(arrival.afterwards).toBeCloseTo((70 + 60 + 50 + 40 + 30 + 20 + 10) / 7, 12);
    expect(admittedUnits(arrival, everyone, 3)).toBe(1_000);
    expect(admittedUnits(arrival, everyone, 16)).toBe(1_783);
    expect(admittedUnits(arrival, everyone, 18)).toBeCloseTo(1_783 + 2 * 40, 9);
    expect(arrival.origin).toContain('exp_v1 saw them over 16 days, 1,783 in all; from then on 40 a day');
  });

  it('goes on as in all that was observed while that is no full week', () => {
    expect(observed([90, 60]).afterwards).toBe(75);
    expect(observed([90]).afterwards).toBe(90);
  });

  it('counts days without anybody between others, but none before the first', () => {
    const arrival = observed([0, 0, 40, 0, 20]);
    expect(arrival.perDay).toEqual([40, 0, 20]);
  });

  it('is not stretched to a stray date long ago', () => {
    const stray = [
      { day: 0, units: 1 },
      { day: 20_000, units: 40 },
      { day: 20_001, units: 20 },
    ];
    expect(observedArrival(stray, 1, 'exp_v1')?.perDay).toEqual([40, 20]);
  });

  it('is scaled up to everyone where only some were let in', () => {
    const arrival = observed([10, 10], 0.25);
    expect(arrival.perDay).toEqual([40, 40]);
    expect(arrival.origin).toContain('scaled up from its coverage of 25 %');
  });

  it('is unknown where nobody was seen', () => {
    expect(observedArrival([], 1, 'exp_v1')).toBeNull();
    expect(observedArrival([{ day: 20_000, units: 0 }], 1, 'exp_v1')).toBeNull();
    expect(observedArrival([{ day: 20_000, units: 5 }], 0, 'exp_v1')).toBeNull();
  });
});

describe('the days until enough units are let in', () => {
  it('are units by units a day when these are steady', () => {
    expect(daysUntil(steadyArrival(200), everyone, 3_140)).toBeCloseTo(15.7, 8);
    expect(daysUntil(steadyArrival(200), [{ fromDay: 0, share: 0.25 }], 3_140)).toBeCloseTo(62.8, 8);
  });

  it('follow a ramp, whose later steps let in units that would have come earlier', () => {
    // A quarter of 200 a day for 10 days, then all of them: 500 + 200 a day; 1,500 are there after 15 days.
    const ramp = [
      { fromDay: 0, share: 0.25 },
      { fromDay: 10, share: 1 },
    ];
    expect(daysUntil(steadyArrival(200), ramp, 1_500)).toBeCloseTo(15, 8);
    // Ten came at once and nobody since: those of the later step are met when it comes.
    expect(admittedUnits(arrivalOf([10], 0), ramp, 9)).toBeCloseTo(2.5, 12);
    expect(admittedUnits(arrivalOf([10], 0), ramp, 11)).toBeCloseTo(10, 12);
  });

  it('do not exist where the arrival has dried up, or would take more than a century', () => {
    expect(daysUntil(arrivalOf([100, 50], 0), everyone, 149)).toBeCloseTo(1.98, 8);
    expect(daysUntil(arrivalOf([100, 50], 0), everyone, 151)).toBeNull();
    expect(daysUntil(steadyArrival(1), everyone, 36_526)).toBeNull();
    expect(daysUntil(steadyArrival(200), [{ fromDay: 0, share: 0 }], 10)).toBeNull();
  });

  it('are the first by which so many are let in', () => {
    const perDay = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        perDay,
        fc.double({ min: 0.5, max: 20, noNaN: true }),
        fc.integer({ min: 1, max: 900 }),
        (seen, afterwards, units) => {
          const arrival = arrivalOf(seen, afterwards);
          const days = daysUntil(arrival, everyone, units) ?? NaN;
          expect(admittedUnits(arrival, everyone, days + 1e-6)).toBeGreaterThanOrEqual(units - 1e-6);
          expect(admittedUnits(arrival, everyone, days - 1e-6)).toBeLessThanOrEqual(units + 1e-6);
        },
      ),
    );
  });
});
