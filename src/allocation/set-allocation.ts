import type { Actor } from '../experiments/decision.js';
import { draftFaults } from '../experiments/draft-faults.js';
import type { MetricLookup } from '../experiments/metric-faults.js';
import type { Allocation, Bandit } from '../experiments/allocation.js';
import type { Experiment } from '../experiments/experiment.js';
import { exactShares } from '../lifecycle/exact-shares.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';
import type { Change } from '../lifecycle/change.js';
import type { Fault } from '../operations/assay-error.js';
import { durationMilliseconds } from '../operations/duration.js';
import { largestMove } from './bandit-weights.js';
import { otherUnits } from './other-units.js';

/** Weights set by a person, or by the bandit from now on. */
export type AllocationRequest =
  | {
      readonly mode: 'fixed';
      /** By variant; one left out gets nothing. Absent altogether: the weights in force stay. */
      readonly weights?: Readonly<Record<string, number>> | undefined;
    }
  | Bandit;

/** Shares that differ by less are the same but for rounding. */
const rounding = 1e-12;

/** The allocation that a request asks for, as the experiment stores it. */
export function requestedAllocation(request: AllocationRequest): Allocation {
  return request.mode === 'fixed' ? { mode: 'fixed' } : request;
}

/** Why an experiment cannot be allocated so, field by field; empty when it can. */
export function allocationFaults(
  seen: Experiment,
  request: AllocationRequest,
  metricOf: MetricLookup,
): Fault[] {
  if (request.mode === 'fixed') return request.weights ? weightFaults(seen, request.weights) : [];
  return draftFaults({ ...seen, allocation: request }, metricOf)
    .filter(({ pointer }) => pointer.startsWith('/allocation'))
    .map(({ pointer, message }) => ({ pointer: pointer.slice('/allocation'.length), message }));
}

function weightFaults({ variants }: Experiment, weights: Readonly<Record<string, number>>): Fault[] {
  const keys = variants.map(({ key }) => key);
  const faults = Object.keys(weights)
    .filter((key) => !keys.includes(key))
    .map((key) => ({
      pointer: `/weights/${key}`,
      message: `"${key}" is not a variant; the variants are ${keys.join(', ')}`,
    }));
  if (!keys.some((key) => (weights[key] ?? 0) > 0)) {
    faults.push({
      pointer: '/weights',
      message: 'the weights add up to 0; give one variant a positive weight',
    });
  }
  return faults;
}

/** What is in force before a new allocation. */
export interface PresentWeights {
  readonly weights: Readonly<Record<string, number>>;
  readonly leafEpochs?: readonly WeightEpoch[];
}

/**
 * What a new allocation of a started experiment changes. Weights move only where the request sets them; a bandit takes
 * its first step one period from now.
 *
 * Leaves are served as long as a bandit parts its units as they were parted; where that changes, the root begins an epoch, for
 * other units come to it. Their weights and history stay, for when units are parted so again.
 *
 * @param present the root's weights in force, by variant, and all epochs of leaves
 */
export function allocationChange(
  seen: Experiment,
  request: AllocationRequest,
  { weights: present, leafEpochs = [] }: PresentWeights,
  actor: Actor,
  now: Date,
): Change {
  const keys = seen.variants.map(({ key }) => key);
  const evidence = { before: seen.allocation, after: requestedAllocation(request) };
  const decision = { actor, action: `allocate: ${request.mode}`, reason: '', evidence };
  const patch = { allocation: requestedAllocation(request) };
  const common = { seen, patch, decision, ...otherUnits(seen, requestedAllocation(request), leafEpochs) };
  if (request.mode === 'bandit') {
    const at = new Date(now.getTime() + durationMilliseconds(request.every));
    return { ...common, due: [{ kind: 'bandit', at }] };
  }
  const change: Change = { ...common, due: [{ kind: 'bandit', at: null }] };
  const { weights } = request;
  if (!weights) return change;
  const before = keys.map((key) => present[key] ?? 0);
  const after = exactShares(keys.map((key) => weights[key] ?? 0));
  if (largestMove(before, after) < rounding) return change;
  const shares = Object.fromEntries(keys.map((key, index) => [key, after[index] ?? 0]));
  const moved = { ...evidence, weightsBefore: present, weightsAfter: shares };
  return {
    ...change,
    decision: { ...decision, evidence: moved },
    epoch: { cause: 'weights', evidence: { actor, ...moved }, weights: shares },
  };
}
