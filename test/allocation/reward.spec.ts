import { rewardMoments } from '../../src/allocation/reward.js';
import { binaryMoments, metricWith } from './fixtures.js';

const totals = [
  { variant: 'treatment', metric: 'task_completed', epoch: null, moments: binaryMoments(6, 10) },
  { variant: 'treatment', metric: 'latency_ms', epoch: null, moments: binaryMoments(1, 99) },
  { variant: '$holdback', metric: 'task_completed', epoch: null, moments: binaryMoments(1, 50) },
];
const exposed = [
  { variant: 'treatment', epoch: 1, units: 9 },
  { variant: 'treatment', epoch: 2, units: 6 },
  { variant: 'control', epoch: 1, units: 4 },
];

describe('rewardMoments', () => {
  it('takes the reward metric of each variant, and nobody for a variant without data', () => {
    const [control, treatment] = rewardMoments(['control', 'treatment'], metricWith(), totals, exposed);
    expect(control?.units).toBe(0);
    expect(treatment).toEqual(binaryMoments(6, 10));
  });

  it('counts exposed units without an event as zero where the metric says so', () => {
    const metric = metricWith({ missing: 'zero' });
    const [control, treatment] = rewardMoments(['control', 'treatment'], metric, totals, exposed);
    expect(control).toEqual(binaryMoments(0, 4));
    // 15 exposed: 6 successes, 4 failures, 5 who never answered.
    expect(treatment?.units).toBe(15);
    expect(treatment?.valueSquares).toBeCloseTo(binaryMoments(6, 15).valueSquares, 12);
  });
});
