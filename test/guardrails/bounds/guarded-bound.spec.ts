import fc from 'fast-check';
import { guardedBound } from '../../../src/guardrails/bounds/guarded-bound.js';
import { clusteredMoments, binaryMoments, metricWith, momentsOf } from '../../allocation/fixtures.js';
import { normalDraw, seededRandom } from '../../allocation/thompson-sampler.js';

const error = metricWith({ key: 'error', direction: 'decrease' });
const rating = metricWith({ key: 'user_rating', min: 1, max: 5 });
const cost = metricWith({ key: 'cost_usd', min: 0, max: null });
const above = (threshold: number) => ({ metric: '', side: 'above', threshold }) as const;
const below = (threshold: number) => ({ metric: '', side: 'below', threshold }) as const;
const repeated = (value: number, units: number) => momentsOf(Array.from({ length: units }, () => value));

describe('guardedBound', () => {
  it('knows nothing without units', () => {
    expect(guardedBound(error, momentsOf([]), above(0.1), 0.01)).toEqual({ mean: null, bound: null });
  });

  it('crosses the threshold for thirty errors of thirty, and not for one of three', () => {
    expect(guardedBound(error, binaryMoments(30, 30), above(0.1), 0.001).bound).toBeGreaterThan(0.6);
    expect(guardedBound(error, binaryMoments(1, 3), above(0.1), 0.001).bound).toBeLessThan(0.1);
  });

  it('finds harm below as well as above', () => {
    const ratings = Array.from({ length: 400 }, (_, unit) => 2 + (unit % 2));
    const { mean, bound } = guardedBound(rating, momentsOf(ratings), below(3), 0.001);
    expect(mean).toBe(2.5);
    expect(bound).toBeLessThan(2.75);
    expect(bound).toBeGreaterThan(2.5);
  });

  it('waits for 25 units where values have no greatest value', () => {
    expect(guardedBound(cost, repeated(9, 24), above(1), 0.01).bound).toBeNull();
    expect(guardedBound(cost, repeated(9, 25), above(1), 0.01).bound).toBeGreaterThan(1);
  });

  it('takes values that all agree with the threshold for no harm', () => {
    expect(guardedBound(cost, repeated(1, 500), above(1), 0.01).bound).toBeNull();
    expect(guardedBound(rating, repeated(3, 500), below(3), 0.01).bound).toBeGreaterThan(3);
  });

  it('is not narrowed by several events of one unit', () => {
    const each = Array.from({ length: 60 }, (_, unit) => (unit % 3 === 0 ? 1 : 0));
    const many = guardedBound(
      error,
      clusteredMoments(each.map((value) => [value, value, value])),
      above(0.1),
      0.01,
    );
    expect(many).toEqual(guardedBound(error, momentsOf(each), above(0.1), 0.01));
  });

  it('divides sums for a ratio, and asks for 25 units there', () => {
    const ratio = metricWith({ key: 'cost_per_success', kind: 'ratio', min: 0, max: 1 });
    const units = (count: number) =>
      clusteredMoments(Array.from({ length: count }, (_, unit) => [2 + (unit % 2), 4]));
    expect(guardedBound(ratio, units(24), above(1), 0.01)).toEqual({ mean: 3.25, bound: null });
    expect(guardedBound(ratio, units(200), above(1), 0.01).bound).toBeGreaterThan(3);
  });

  it('stays on the harmless side of the mean', () => {
    const values = fc.array(fc.double({ min: 1, max: 5, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.double({ min: 1, max: 5, noNaN: true }), (list, threshold) => {
        const moments = momentsOf(list);
        const up = guardedBound(rating, moments, above(threshold), 0.01);
        const down = guardedBound(rating, moments, below(threshold), 0.01);
        if (up.bound !== null && up.bound > threshold) expect(up.bound).toBeLessThanOrEqual(up.mean ?? NaN);
        if (down.bound !== null && down.bound < threshold)
          expect(down.bound).toBeGreaterThanOrEqual(down.mean ?? NaN);
      }),
    );
  });

  it('alarms in at most alpha of all histories whose mean is exactly at the threshold', () => {
    const alpha = 0.05;
    const histories = 120;
    const random = seededRandom(11);
    let alarms = 0;
    for (let history = 0; history < histories; history += 1) {
      const values: number[] = [];
      for (let units = 1; units <= 240; units += 1) {
        values.push(10 + 3 * normalDraw(random));
        if (units % 12 !== 0) continue;
        const { bound } = guardedBound(cost, momentsOf(values), above(10), alpha);
        if (bound === null || bound <= 10) continue;
        alarms += 1;
        break;
      }
    }
    // Three Monte-Carlo errors above alpha.
    expect(alarms / histories).toBeLessThan(alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / histories));
  });
});
