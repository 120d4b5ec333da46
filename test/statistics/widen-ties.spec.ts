import { seededRandom } from '../../src/llm/simulated/seeded-random.js';
import {
  clusteredQuantile,
  quantileEstimate,
  type ClusteredQuantile,
} from '../../src/statistics/clustered-quantile.js';
import { compareQuantiles } from '../../src/statistics/compare-quantiles.js';
import type { VariantEstimate } from '../../src/statistics/estimate.js';
import { widenTies } from '../../src/statistics/widen-ties.js';
import { clusteredLatencies } from './clustered-latencies.js';

const quantile = (value: number, interval: readonly [number, number]): ClusteredQuantile => ({
  status: 'ok',
  value,
  interval,
  ranks: [1, 2],
  shareVariance: 0.01,
  units: 9,
  alpha: 0.05,
});

describe('widenTies', () => {
  const units = [[811, 812], [812, 812, 815], []];

  it('moves an end that is the quantile itself to the next value', () => {
    expect(widenTies(quantile(812, [812, 812]), units).interval).toEqual([811, 815]);
  });

  it('moves another end half-way to the next value', () => {
    expect(widenTies(quantile(812, [812, 815]), [...units, [820]]).interval).toEqual([811, 817.5]);
  });

  it('leaves ends beyond which there is nothing, and open ends', () => {
    expect(widenTies(quantile(812, [811, Infinity]), units).interval).toEqual([811, Infinity]);
    expect(widenTies(quantile(7, [7, 7]), [[7, 7], [7]]).interval).toEqual([7, 7]);
  });

  it('keeps alike variants of whole numbers from seeming to differ', () => {
    const random = seededRandom('whole numbers');
    const repetitions = 200;
    const alarms = { plain: 0, widened: 0 };
    const isAlarm = ([a, b]: readonly VariantEstimate[]) => {
      if (!a || !b) throw new Error('two variants were drawn');
      const { difference } = compareQuantiles(a, b, 0.05);
      if (difference.status === 'ok') return difference.pValue < 0.05;
      return difference.status === 'no-variance' && difference.difference !== 0;
    };
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      const found = [0, 1].map(() => {
        const events = clusteredLatencies({ units: 300, median: 5, sigma: 0.5 }, random).map((values) =>
          values.map(Math.round),
        );
        const result = clusteredQuantile(events, 0.95, 0.05);
        if (result.status !== 'ok') throw new Error(result.reason);
        return { plain: quantileEstimate(result), widened: quantileEstimate(widenTies(result, events)) };
      });
      if (isAlarm(found.map(({ plain }) => plain))) alarms.plain += 1;
      if (isAlarm(found.map(({ widened }) => widened))) alarms.widened += 1;
    }
    expect(alarms.plain / repetitions).toBeGreaterThan(0.1);
    expect(alarms.widened / repetitions).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / repetitions));
  }, 60_000);
});
