import fc from 'fast-check';
import { seededRandom } from '../../src/llm/simulated/seeded-random.js';
import { clusteredQuantile, quantileEstimate } from '../../src/statistics/clustered-quantile.js';
import { compareQuantiles } from '../../src/statistics/compare-quantiles.js';
import { groupedQuantile } from '../../src/statistics/grouped-quantile.js';
import { sketchOf, type QuantileSketch } from '../../src/statistics/quantile-sketch.js';
import { clusteredLatencies } from './clustered-latencies.js';

/** Units divided into 128 groups, as the store divides them. */
function grouped(units: readonly (readonly number[])[]): QuantileSketch[] {
  return Array.from({ length: 128 }, (_, group) =>
    sketchOf(units.flatMap((values, unit) => (unit % 128 === group ? values : []))),
  );
}

describe('groupedQuantile', () => {
  it('gives the interval of clustered units when every group is one unit, within the width of a bin', () => {
    const value = fc.double({ min: 0.1, max: 3_600_000, noNaN: true });
    const units = fc.array(fc.array(value, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(units, fc.constantFrom(0.5, 0.95), (events, level) => {
        const sketched = groupedQuantile(events.map(sketchOf), level, 0.05);
        const exact = clusteredQuantile(events, level, 0.05);
        if (sketched.status !== 'ok' || exact.status !== 'ok') throw new Error('no result');
        // γ − 1 = 0.0202 is the width of a bin.
        expect(Math.abs(sketched.value / exact.value - 1)).toBeLessThanOrEqual(0.0203);
        expect(sketched.units).toBe(exact.units);
      }),
    );
  });

  it('is within 1 % of the exact quantile where events are dense', () => {
    const units = clusteredLatencies({ units: 4_000, median: 400 }, seededRandom('dense'));
    for (const level of [0.25, 0.5, 0.95, 0.99]) {
      const exact = clusteredQuantile(units, level, 0.05);
      const sketched = groupedQuantile(grouped(units), level, 0.05);
      if (sketched.status !== 'ok' || exact.status !== 'ok') throw new Error('no result');
      expect(Math.abs(sketched.value / exact.value - 1)).toBeLessThan(0.01);
      // 128 groups give the variance with a relative standard error of √(2 / 127) = 13 %; three of them.
      expect(Math.abs(sketched.shareVariance / exact.shareVariance - 1)).toBeLessThan(0.38);
    }
  });

  it('raises as few false alarms as exact values do: 5 % of comparisons of p95 between alike variants', () => {
    const random = seededRandom('no difference');
    const repetitions = 500;
    let alarms = 0;
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      const [a, b] = [0, 1].map(() => {
        const units = clusteredLatencies({ units: 200, median: 400 }, random);
        const quantile = groupedQuantile(grouped(units), 0.95, 0.05);
        return quantile.status === 'ok' ? quantileEstimate(quantile) : quantile;
      });
      if (!a || !b) throw new Error('two variants were drawn');
      const { difference } = compareQuantiles(a, b, 0.05);
      if (difference.status !== 'ok') throw new Error(difference.status);
      if (difference.pValue < 0.05) alarms += 1;
    }
    const threeErrors = 3 * Math.sqrt((0.05 * 0.95) / repetitions);
    expect(alarms / repetitions).toBeGreaterThan(0.035 - threeErrors);
    expect(alarms / repetitions).toBeLessThan(0.06 + threeErrors);
  }, 60_000);

  it('does not see 2 % between two alike variants on both sides of an edge between bins', () => {
    // The edge between bins 300 and 301; half of either variant's events lie on either side of it.
    const edge = (1.01 / 0.99) ** 300;
    const random = seededRandom('edge');
    const [a, b] = [0.9995, 1.0005].map((shift) =>
      groupedQuantile(
        grouped(clusteredLatencies({ units: 20_000, median: edge * shift, sigma: 0.5 }, random)),
        0.5,
        0.05,
      ),
    );
    if (a?.status !== 'ok' || b?.status !== 'ok') throw new Error('no result');
    // The values of neighbouring bins are 2.02 % apart; the medians truly are 0.1 %.
    expect(b.value / a.value).toBeLessThan(1.01);
  });

  it('takes ties for what they are: an interval reaches the next value that there is', () => {
    const units = Array.from({ length: 500 }, (_, unit) => [unit % 5 === 0 ? 8 : 9, 9, 9, 9, 10]);
    const result = groupedQuantile(grouped(units), 0.5, 0.05);
    expect(result).toMatchObject({ status: 'ok' });
    if (result.status !== 'ok') return;
    [8, 9, 10].forEach((value, place) => {
      const found = [result.interval[0], result.value, result.interval[1]][place] ?? 0;
      expect(Math.abs(found / value - 1)).toBeLessThan(0.0203);
    });
  });

  it('counts values of 0 or less as 0, and reaches from there to the least positive value', () => {
    const result = groupedQuantile(grouped(Array.from({ length: 100 }, () => [0, 0, 5])), 0.5, 0.05);
    expect(result).toMatchObject({ status: 'ok', value: 0, interval: [0, expect.closeTo(5, 1)] });
  });

  it('says what is missing without events and with those of one group', () => {
    expect(groupedQuantile([], 0.5, 0.05)).toEqual({ status: 'insufficient', reason: 'No events.' });
    expect(groupedQuantile([sketchOf([1, 2])], 0.5, 0.05)).toMatchObject({ status: 'insufficient' });
    expect(() => groupedQuantile([sketchOf([1])], 1, 0.05)).toThrow(/level was 1/);
  });
});
