import { ordinaryMetric, type Metric } from './metric.js';

/** A metric with the number under which its values are stored. */
export interface CatalogueEntry {
  readonly id: number;
  readonly metric: Metric;
}

/** The indicator metric that counts events beyond a threshold; see `guardedMetric`. */
const indicatorName = /^([a-zA-Z0-9_.-]{1,64})([<>])(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/;

export interface Indicator {
  readonly of: string;
  readonly side: '<' | '>';
  readonly threshold: number;
}

/** The parts of an indicator's name, or null for an ordinary metric. */
export function readIndicator(key: string): Indicator | null {
  const match = indicatorName.exec(key);
  if (!match) return null;
  return { of: match[1] ?? '', side: match[2] === '<' ? '<' : '>', threshold: Number(match[3]) };
}

/** The indicator metric of that name: 1 for an event beyond the threshold, else 0. */
export function indicatorMetric(key: string): Metric {
  return {
    ...ordinaryMetric,
    key,
    direction: 'decrease',
    category: 'reliability',
    unit: 'share',
    min: 0,
    max: 1,
  };
}
