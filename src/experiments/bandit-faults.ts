import type { Metric } from '../catalogue/metric.js';
import type { Fault } from '../operations/assay-error.js';
import { durationMilliseconds } from '../operations/duration.js';
import type { Allocation, Bandit } from './allocation.js';
import type { Experiment } from './experiment.js';
import { comparesWithControl } from './guarded-rule.js';
import type { Guardrail } from './guardrail.js';
import type { MetricLookup } from './metric-faults.js';
import { namedRewards } from './reward-metrics.js';

/** Shortest time between two steps of a bandit that is no demonstration. */
const leastPeriod = 60_000;

/**
 * What is wrong with how a definition wants its weights set; pointers begin at the definition. Metrics that do not exist are
 * found by `metricFaults`.
 *
 * @example banditFaults({ ...experiment, allocation }, () => undefined)[0]; // { pointer: '/allocation/floor', … }
 */
export function banditFaults(
  {
    allocation,
    variants,
    demonstration,
    hash,
    guardrails,
  }: Pick<Experiment, 'allocation' | 'variants' | 'demonstration' | 'hash' | 'guardrails'>,
  metricOf: MetricLookup,
): Fault[] {
  if (allocation.mode !== 'bandit') return [];
  const found = [
    ...shareFaults(allocation, variants.length),
    ...periodFaults(allocation, demonstration),
    ...rewardFaults(allocation, metricOf),
    ...segmentFaults(allocation, hash),
    ...comparedInLeaves(allocation, guardrails).map((message) => ({ pointer: '/segments', message })),
  ];
  return found.map(({ pointer, message }) => ({ pointer: `/allocation${pointer}`, message }));
}

function shareFaults({ floor, controlShare = 0 }: Bandit, variants: number): Fault[] {
  if (floor * variants >= 1) {
    const message = `${floor} for each of ${variants} variants leaves nothing to allocate`;
    return [{ pointer: '/floor', message }];
  }
  if (Math.max(floor, controlShare) + floor * (variants - 1) >= 1) {
    const message = `${controlShare} for control and ${floor} for each other variant leaves nothing to allocate`;
    return [{ pointer: '/controlShare', message }];
  }
  return [];
}

function periodFaults({ every }: Bandit, demonstration: boolean): Fault[] {
  const period = durationMilliseconds(every);
  if (!(period > 0)) return [{ pointer: '/every', message: `"${every}" is no time at all` }];
  if (demonstration || period >= leastPeriod) return [];
  return [{ pointer: '/every', message: `"${every}" is shorter than the least period, PT1M` }];
}

function rewardFaults({ reward, objective }: Bandit, metricOf: MetricLookup): Fault[] {
  const quantiles = namedRewards(reward)
    .filter(({ metric }) => metricOf(metric)?.kind === 'quantile')
    .map(({ pointer, metric }) => ({
      pointer: `/reward${pointer}`,
      message: pointer.startsWith('/subjectTo')
        ? `"${metric}" is a quantile; name the metric it is one of, with "quantile" beside it`
        : `"${metric}" is a quantile; a reward has to be a mean`,
    }));
  if (typeof reward === 'string') return quantiles;
  if ('utility' in reward) return [...quantiles, ...utilityFaults(reward.utility, metricOf)];
  const ratios = reward.subjectTo.flatMap(({ metric, quantile }, place) =>
    quantile !== undefined && metricOf(metric)?.kind === 'ratio'
      ? [
          {
            pointer: `/reward/subjectTo/${place}/quantile`,
            message: `"${metric}" is a ratio, which has no quantile`,
          },
        ]
      : [],
  );
  const unsearchable =
    objective === 'best-variant'
      ? [
          {
            pointer: '/objective',
            message:
              'the search for the best variant knows no conditions; use a metric or a utility as reward',
          },
        ]
      : [];
  return [...quantiles, ...ratios, ...unsearchable];
}

/**
 * Why guardrails cannot be watched where a bandit parts its units, or once has: one that compares with control does so over all
 * of them, and leaves give variants different users.
 *
 * @param hadLeaves whether leaves have been served, under this allocation or another
 * @example comparedInLeaves(allocation, []); // []
 */
export function comparedInLeaves(
  allocation: Allocation,
  guardrails: readonly Guardrail[],
  hadLeaves = false,
): string[] {
  const hasSegments = allocation.mode === 'bandit' && allocation.segments !== undefined;
  if (!hasSegments && !hadLeaves) return [];
  const [give, leave] = hasSegments
    ? ['give', 'leave the segments out']
    : ['gave', 'clone the experiment, which begins with new units'];
  return guardrails
    .filter(comparesWithControl)
    .map(
      ({ metric }) =>
        `the guardrail on ${metric} compares with control over all units, and the leaves of "segments" ${give} variants different users; ` +
        `bound the metric by a value instead, or ${leave}`,
    );
}

function segmentFaults({ segments, objective }: Bandit, hash: Experiment['hash']): Fault[] {
  if (!segments) return [];
  const { attributes } = segments;
  const twice = attributes.flatMap((attribute, place) =>
    attributes.indexOf(attribute) === place
      ? []
      : [
          {
            pointer: `/segments/attributes/${place}`,
            message: `"${attribute}" is named twice; once parts all`,
          },
        ],
  );
  const ranges =
    hash === 'md5-v1'
      ? 'an experiment with "hash": "md5-v1" has one set of ranges for everyone and no slots; create it with "murmur3-v1", or leave the segments out'
      : null;
  const search =
    objective === 'best-variant'
      ? 'the search for the best variant ends in one for everyone; leave the segments or the objective out'
      : null;
  return [
    ...twice,
    ...[ranges, search].flatMap((message) => (message ? [{ pointer: '/segments', message }] : [])),
  ];
}

/** The sizes of weights with which sums of squares stay exact enough. */
const [leastWeight, greatestWeight] = [1e-9, 1e6];

/** A weight of 0 does nothing, and one against the metric's direction would raise what should fall. */
function utilityFaults(utility: Readonly<Record<string, number>>, metricOf: MetricLookup): Fault[] {
  return Object.entries(utility).flatMap(([key, weight]) => {
    const metric = metricOf(key);
    if (!metric) return [];
    const pointer = `/reward/utility/${key}`;
    if (weight === 0) return [{ pointer, message: 'a weight of 0 does nothing; leave the metric out' }];
    if (!(Math.abs(weight) >= leastWeight && Math.abs(weight) <= greatestWeight))
      return [{ pointer, message: beyondSize(weight) }];
    return isAgainst(metric, weight) ? [{ pointer, message: againstDirection(metric, weight) }] : [];
  });
}

function isAgainst({ direction }: Metric, weight: number): boolean {
  return direction === 'increase' ? weight < 0 : weight > 0;
}

function againstDirection({ key, direction }: Metric, weight: number): string {
  const better = direction === 'increase' ? 'rise' : 'fall';
  return `${key} should ${better}, and ${weight} rewards the opposite; use ${-weight}`;
}

function beyondSize(weight: number): string {
  return (
    `the weight ${weight} is of no size between ${leastWeight} and ${greatestWeight}; ` +
    'only how weights stand to each other counts, so divide or multiply all of them by the same number'
  );
}
