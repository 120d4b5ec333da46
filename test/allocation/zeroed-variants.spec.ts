import { zeroedVariants } from '../../src/allocation/zeroed-variants.js';
import type { EpochCause } from '../../src/experiments/weight-epoch.js';

const keys = ['control', 'a', 'b'];
const at = (hour: number): Date => new Date(Date.UTC(2026, 1, 1, hour));
const epoch = (hour: number, cause: EpochCause, ...shares: number[]) => ({
  cause,
  startedAt: at(hour),
  weights: Object.fromEntries(keys.map((key, place) => [key, shares[place] ?? 0])),
});
const served = epoch(0, 'start', 0.4, 0.3, 0.3);

describe('zeroedVariants', () => {
  it('are those that a guardrail took all weight from', () => {
    const zeroed = [served, epoch(1, 'guardrail', 0.6, 0.4, 0)];
    expect(zeroedVariants(keys, zeroed, null)).toEqual(['b']);
    expect(zeroedVariants(keys, [...zeroed, epoch(2, 'bandit', 0.9, 0.1, 0)], null)).toEqual(['b']);
  });

  it('are not those that the bandit or a person gave nothing', () => {
    expect(zeroedVariants(keys, [served, epoch(1, 'bandit', 0.6, 0.4, 0)], null)).toEqual([]);
    expect(zeroedVariants(keys, [served, epoch(1, 'weights', 1, 0, 0)], null)).toEqual([]);
    expect(zeroedVariants(keys, [epoch(0, 'start', 1, 0, 0)], null)).toEqual([]);
  });

  it('are none once a person has given them weight, or has allocated anew', () => {
    const zeroed = [served, epoch(1, 'guardrail', 0.6, 0.4, 0)];
    expect(zeroedVariants(keys, [...zeroed, epoch(2, 'weights', 0.4, 0.3, 0.3)], at(2))).toEqual([]);
    expect(zeroedVariants(keys, zeroed, at(2))).toEqual([]);
    expect(zeroedVariants(keys, zeroed, at(0))).toEqual(['b']);
  });
});
