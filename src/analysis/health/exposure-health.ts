import { holdbackGroup } from '../../bucketing/assignment.js';
import { byChain } from '../../experiments/leaves.js';
import type { Experiment } from '../../experiments/experiment.js';
import type { WeightEpoch } from '../../experiments/weight-epoch.js';
import type { ExposedTotal, SegmentTotal } from '../../metrics/totals.js';
import type { MetricData } from '../measurement/metric-data.js';
import { changedWeights } from './changed-weights.js';
import { healthWarnings, type Health, type HealthCounts } from './health.js';
import { responseWarnings } from './response-health.js';
import { epochCounts, expectedShares, sampleRatioHealth } from './sample-ratio-health.js';
import { segmentWarnings } from './segment-ratio-health.js';

/** How many units a variant has, beside how many its weights promised. */
export interface VariantShare {
  readonly key: string;
  readonly units: number;
  /** Of all exposed units; null before the first. */
  readonly share: number | null;
  readonly expected: number;
}

/** What is known of the exposed units. */
export interface ExposureSources {
  readonly experiment: Experiment;
  /** Units exposed in the test, by group and epoch; also by cohort bin, where it is known. */
  readonly exposed: readonly ExposedTotal[];
  readonly counts: HealthCounts;
  /** Units by segment, of all units or a random share of them. */
  readonly segments: readonly SegmentTotal[];
  readonly metrics: readonly MetricData[];
}

/**
 * What the numbers of exposed units say about the data, and each variant's share of them.
 *
 * @param test the weight epochs of the test, oldest first
 * @example exposureHealth(sources, epochs).variants[0]; // { key: 'control', units: 5023, share: 0.501, expected: 0.5 }
 */
export function exposureHealth(
  { experiment, exposed, counts, segments, metrics }: ExposureSources,
  test: readonly WeightEpoch[],
): { health: Omit<Health, 'receipts'>; variants: VariantShare[] } {
  const byEpoch = epochCounts(experiment, test, exposed);
  const units = experiment.variants.map(({ key }) => unitsOf(exposed, key));
  const total = units.reduce((sum, count) => sum + count, 0);
  const { epochs: root } = byChain(test);
  const present = experiment.variants.map(({ key, weight }) => root.at(-1)?.weights[key] ?? weight);
  const expected = expectedShares(byEpoch, present);
  const srm = sampleRatioHealth(byEpoch, experiment.source);
  const found = [
    ...healthWarnings(srm, counts, total),
    ...(experiment.source === 'live' ? segmentWarnings(experiment, test, segments) : []),
    ...changedWeights(test, experiment),
    ...metrics.flatMap((data) => responseWarnings(data, experiment.control)),
  ];
  return {
    health: { srm, exposed: total, holdback: unitsOf(exposed, holdbackGroup), ...counts, warnings: found },
    variants: experiment.variants.map(({ key }, place) => ({
      key,
      units: units[place] ?? 0,
      share: total > 0 ? (units[place] ?? 0) / total : null,
      expected: expected[place] ?? 0,
    })),
  };
}

function unitsOf(exposed: readonly ExposedTotal[], group: string): number {
  return exposed.filter(({ variant }) => variant === group).reduce((sum, { units }) => sum + units, 0);
}
