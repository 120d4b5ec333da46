import { ordinaryMetric, type Metric } from '../../src/catalogue/metric.js';
import { collectMoments } from '../../src/statistics/collect-moments.js';
import type { Moments } from '../../src/statistics/moments.js';

export function metricWith(changes: Partial<Metric> = {}): Metric {
  return {
    ...ordinaryMetric,
    key: 'task_completed',
    direction: 'increase',
    category: 'quality',
    unit: 'share',
    min: 0,
    max: 1,
    fromClient: true,
    ...changes,
  };
}

/** Moments of units with one value each. */
export function momentsOf(values: readonly number[]): Moments {
  return collectMoments(values.map((value) => ({ sum: value, events: 1, sumSquares: value * value })));
}

/** Moments of units with several values each. */
export function clusteredMoments(units: readonly (readonly number[])[]): Moments {
  return collectMoments(
    units.map((values) => ({
      sum: values.reduce((sum, value) => sum + value, 0),
      events: values.length,
      sumSquares: values.reduce((sum, value) => sum + value * value, 0),
    })),
  );
}

/** `successes` units with 1 and the rest of `units` with 0. */
export function binaryMoments(successes: number, units: number): Moments {
  return momentsOf(Array.from({ length: units }, (_, unit) => (unit < successes ? 1 : 0)));
}
