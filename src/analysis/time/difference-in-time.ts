import type { Metric } from '../../catalogue/metric.js';
import type { WeightPeriod } from '../measurement/weight-periods.js';
import type { DayTotals, Pair } from './strata.js';

/** One variant's difference from the control on one metric, with the totals to follow it through time. */
export interface DifferenceInTime {
  readonly metric: Metric;
  readonly pair: Pair;
  readonly periods: readonly WeightPeriod[];
  /** By the day of the units' first exposure, matured units only. */
  readonly cohorts: DayTotals<string>;
  /** Of the intervals. */
  readonly alpha: number;
}
