import fc from 'fast-check';
import {
  clusteredQuantile,
  quantileEstimate,
  quantileInterval,
} from '../../src/statistics/clustered-quantile.js';
import { orderStatisticInterval, quantile, rankOf } from '../../src/statistics/quantile.js';
import {
  emptySketch,
  mergeSketches,
  sketchCount,
  sketchOf,
  sketchQuantile,
  sketchValueAt,
} from '../../src/statistics/quantile-sketch.js';
import { logInterval } from '../../src/statistics/relative-difference.js';

const latency = fc.double({ min: 0.1, max: 3_600_000, noNaN: true });

describe('quantile', () => {
  it('has none without values', () => {
    expect(quantile([], 0.5, 'observed')).toBeNull();
    expect(quantile([], 0.5, 'interpolated')).toBeNull();
  });

  it('is the value itself when there is one', () => {
    expect(quantile([7], 0.95, 'observed')).toBe(7);
    expect(quantile([7], 0.95, 'interpolated')).toBe(7);
  });

  it('does not skip a rank because 0.95 × 20 is not quite 19 in doubles', () => {
    expect(rankOf(0.95, 20)).toBe(19);
    expect(rankOf(0.07, 100)).toBe(7);
    expect(rankOf(0.5, 3)).toBe(2);
  });

  it('refuses a level of 1', () => {
    expect(() => quantile([1], 1, 'observed')).toThrow(/level was 1/);
  });
});

describe('orderStatisticInterval', () => {
  it('covers with at least the asked probability, open ends counted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.constantFrom(0.25, 0.5, 0.95), (count, level) => {
        const sorted = Array.from({ length: count }, (_, rank) => rank + 1);
        const { interval, intervalCoverage, ranks } = orderStatisticInterval(sorted, level, 0.05);
        expect(intervalCoverage).toBeGreaterThanOrEqual(0.95 - 1e-12);
        expect(interval[0]).toBe(ranks[0] === 0 ? -Infinity : ranks[0]);
        expect(interval[1]).toBe(ranks[1] === count + 1 ? Infinity : ranks[1]);
      }),
    );
  });
});

describe('clusteredQuantile', () => {
  const units = Array.from({ length: 40 }, (_, unit) => [100 + unit, 300 + 2 * unit, 700 - unit]);

  it('is wider when events come in clusters of like ones', () => {
    const alike = Array.from({ length: 40 }, (_, unit) => [
      100 + 10 * unit,
      101 + 10 * unit,
      102 + 10 * unit,
    ]);
    const single = alike.flat().map((value) => [value]);
    const [clustered, independent] = [
      clusteredQuantile(alike, 0.5, 0.05),
      clusteredQuantile(single, 0.5, 0.05),
    ];
    if (clustered.status !== 'ok' || independent.status !== 'ok') throw new Error('no result');
    // Three copies of one draw: three times the variance, but for the correction U / (U − 1).
    expect(clustered.shareVariance / independent.shareVariance).toBeCloseTo(3, 0);
  });

  it('leaves the upper end open when there are too few events beyond', () => {
    const result = clusteredQuantile(units.slice(0, 5), 0.99, 0.05);
    expect(result).toMatchObject({ status: 'ok', interval: [expect.any(Number), Infinity] });
    if (result.status === 'ok') expect(quantileEstimate(result)).toMatchObject({ status: 'insufficient' });
  });

  it('leaves the upper end open when the quantile is the largest event, however many events each unit has', () => {
    const result = clusteredQuantile([[5, 9], [7], [8]], 0.95, 0.05);
    expect(result).toMatchObject({ status: 'ok', value: 9, interval: [expect.any(Number), Infinity] });
  });

  it('gives an estimate that variants can be compared by', () => {
    const slower = units.map((values) => values.map((value) => value * 1.5));
    const [a, b] = [clusteredQuantile(units, 0.5, 0.05), clusteredQuantile(slower, 0.5, 0.05)];
    if (a.status !== 'ok' || b.status !== 'ok') throw new Error('no result');
    const relative = logInterval(quantileEstimate(a), quantileEstimate(b), 0.05);
    expect(relative).toMatchObject({ status: 'ok', difference: expect.closeTo(0.5, 10) as number });
  });

  it('gives the same from counts and a sketch, to the 1 % of the sketch', () => {
    const exact = clusteredQuantile(units, 0.5, 0.05);
    if (exact.status !== 'ok') throw new Error(exact.reason);
    const sketch = sketchOf(units.flat());
    const fromCounts = quantileInterval({
      value: exact.value,
      ranks: units.map((values) => ({
        events: values.length,
        atOrBelow: values.filter((value) => value <= exact.value).length,
      })),
      level: 0.5,
      alpha: 0.05,
      quantileAt: (rank) => sketchValueAt(sketch, rank),
    });
    if (fromCounts.status !== 'ok') throw new Error(fromCounts.reason);
    expect(fromCounts.ranks).toEqual(exact.ranks);
    fromCounts.interval.forEach((end, side) => expect(end / (exact.interval[side] ?? 0)).toBeCloseTo(1, 1));
  });

  it('needs two units with events', () => {
    expect(clusteredQuantile([[1, 2, 3], []], 0.5, 0.05)).toMatchObject({ status: 'insufficient' });
    expect(clusteredQuantile([], 0.5, 0.05)).toMatchObject({ status: 'insufficient' });
  });
});

describe('quantile sketch', () => {
  it('is within 1 % of the true quantile', () => {
    const level = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(fc.array(latency, { minLength: 1, maxLength: 200 }), level, (values, at) => {
        const exact =
          quantile(
            [...values].sort((a, b) => a - b),
            at,
            'observed',
          ) ?? 0;
        const sketched = sketchQuantile(sketchOf(values), at) ?? 0;
        expect(Math.abs(sketched - exact)).toBeLessThanOrEqual(0.01 * exact * (1 + 1e-9));
      }),
    );
  });

  it('merges to exactly the sketch of everything, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.array(latency, { maxLength: 30 }), { maxLength: 6 }), (shards) => {
        const whole = sketchOf(shards.flat());
        const merged = mergeSketches(shards.map(sketchOf));
        const reversed = mergeSketches(shards.map(sketchOf).reverse());
        expect(new Map([...merged.bins].sort())).toEqual(new Map([...whole.bins].sort()));
        expect(new Map([...reversed.bins].sort())).toEqual(new Map([...whole.bins].sort()));
        expect(sketchCount(merged)).toBe(shards.flat().length);
      }),
    );
  });

  it('counts values of 0 and below, and has no quantile when empty', () => {
    expect(sketchQuantile(sketchOf([0, 0, 0, 50]), 0.5)).toBe(0);
    expect(sketchQuantile(emptySketch, 0.5)).toBeNull();
    expect(sketchValueAt(sketchOf([1]), 0)).toBeNull();
    expect(sketchValueAt(sketchOf([1]), 2)).toBeNull();
  });
});
