import { figureInterval } from '../../../src/analysis/measurement/figure-interval.js';
import { wilsonInterval } from '../../../src/statistics/proportion.js';
import { metricWith, totalsWith } from '../metric-fixtures.js';

const estimate = (value: number, variance: number, units: number) =>
  ({ status: 'ok', value, variance, units }) as const;
const share = metricWith({ kind: 'proportion', min: 0, max: 1 });
const error = metricWith({ key: 'error', min: 0, max: 1 });

function momentsOf(units: number, successes: number) {
  return totalsWith('control', units, successes / units, 0.1).moments;
}

describe('the interval of a figure', () => {
  it('of a rare proportion is Wilson’s, and never below 0', () => {
    const rare = figureInterval(estimate(0.005, 8e-6, 600), momentsOf(600, 3), share, 0.05);
    expect(rare).toEqual([...wilsonInterval({ successes: 3, units: 600 }, 0.05)]);
    expect(rare?.[0]).toBeGreaterThan(0);
    const none = figureInterval(estimate(0, 0, 600), momentsOf(600, 0), share, 0.05);
    // z² / (n + z²) with z = 1.96
    expect(none?.[1]).toBeCloseTo(3.8415 / 603.8415, 6);
  });

  it('of units that are all alike leaves open that some are not', () => {
    const [low, high] = figureInterval(estimate(0, 0, 600), momentsOf(600, 0), error, 0.05) ?? [NaN, NaN];
    // 1 − 0.025^(1/600)
    expect([low, high]).toEqual([0, expect.closeTo(0.006129, 6)]);
    expect(figureInterval(estimate(3, 0, 600), momentsOf(600, 0), metricWith(), 0.05)).toBeNull();
  });

  it('stays within what the values can be', () => {
    expect(figureInterval(estimate(0.01, 1e-4, 50), momentsOf(50, 1), error, 0.05)?.[0]).toBe(0);
    const ratings = metricWith({ min: 1, max: 5 });
    expect(figureInterval(estimate(4.9, 0.04, 50), momentsOf(50, 1), ratings, 0.05)?.[1]).toBe(5);
    const ratio = metricWith({ kind: 'ratio', min: 0, max: 1 });
    expect(figureInterval(estimate(0.01, 1, 50), momentsOf(50, 1), ratio, 0.05)?.[0]).toBeLessThan(0);
  });
});
