import { allocateSlots, slotShares } from '../bucketing/allocate-slots.js';
import { markMoved, noneMoved } from '../bucketing/mark-moved.js';
import { moveSlots } from '../bucketing/move-slots.js';
import type { Experiment } from '../experiments/experiment.js';
import { byChain, presentLeaves } from '../experiments/leaves.js';
import { enclosingSegments, rootSegment } from '../experiments/segment.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';
import type { Change, EpochChange, LeafChange } from './change.js';
import { exactShares } from './exact-shares.js';

/**
 * All weight epochs that a change opens, numbered on from the latest: those of leaves, then the root's.
 *
 * A change of models concerns every unit: each leaf that is served begins an epoch after the root's, with the weights it had.
 *
 * @param epochs of the root and of all leaves, oldest first
 * @example nextEpochs(experiment, epochs, change, now).map(({ segment }) => segment); // ['language=de', '']
 */
export function nextEpochs(
  experiment: Experiment,
  epochs: readonly WeightEpoch[],
  { epoch, leaves = [] }: Pick<Change, 'epoch' | 'leaves'>,
  now: Date,
): WeightEpoch[] {
  const all = [...epochs];
  for (const leaf of leaves) all.push(nextLeafEpoch(experiment, all, leaf, now));
  if (epoch) {
    const root = all.filter(({ segment }) => segment === rootSegment);
    all.push({ ...nextEpoch(experiment, root, epoch, now), number: nextNumber(all) });
    for (const leaf of renewedLeaves(experiment, epochs, epoch)) {
      all.push(nextLeafEpoch(experiment, all, leaf, now));
    }
  }
  return all.slice(epochs.length);
}

/** The weight epoch that follows: as few slots as possible change hands. */
export function nextEpoch(
  experiment: Experiment,
  epochs: readonly WeightEpoch[],
  change: EpochChange,
  now: Date,
): WeightEpoch {
  const before = epochs.at(-1);
  const weights = change.weights ? scaled(change.weights, experiment) : before?.weights;
  if (!weights) throw new RangeError('The first weight epoch of an experiment needs weights');
  const shares = experiment.variants.map((variant) => weights[variant.key] ?? 0);
  const base = {
    experimentId: experiment.id,
    segment: rootSegment,
    number: nextNumber(epochs),
    phase: phaseOf(change, epochs),
    weights,
    coverage: change.coverage ?? before?.coverage ?? experiment.coverage,
    startedAt: now,
    cause: change.cause,
    evidence: change.evidence,
  };
  if (!before)
    return withShares({ ...base, slots: allocateSlots(shares), movedSlots: noneMoved() }, experiment);
  if (change.restore) {
    const tested = epochs.findLast((epoch) => epoch.phase === 0) ?? before;
    const coverage = change.coverage ?? tested.coverage;
    return { ...base, coverage, weights: tested.weights, slots: tested.slots, movedSlots: tested.movedSlots };
  }
  return moved(base, before, experiment);
}

function renewedLeaves(
  experiment: Experiment,
  epochs: readonly WeightEpoch[],
  { cause, evidence }: EpochChange,
): LeafChange[] {
  if (cause !== 'model-change') return [];
  const present = presentLeaves({ experiment, leafEpochs: byChain(epochs).leafEpochs ?? [] });
  return present.map(({ segment }) => ({ segment, cause: 'segments', evidence }));
}

/** Leaves are served in the test alone; its coverage is the root's. */
function nextLeafEpoch(
  experiment: Experiment,
  all: readonly WeightEpoch[],
  { segment, cause, evidence, weights }: LeafChange,
  now: Date,
): WeightEpoch {
  const test = all.filter(({ phase }) => phase === 0);
  const before = [...enclosingSegments(segment), segment]
    .map((name) => test.findLast((epoch) => epoch.segment === name))
    .findLast((epoch) => epoch !== undefined);
  if (!before) throw new RangeError(`Leaf ${segment} cannot part from a test without a weight epoch`);
  const next = {
    ...before,
    segment,
    number: nextNumber(all),
    weights: weights ? scaled(weights, experiment) : before.weights,
    startedAt: now,
    cause,
    evidence,
  };
  return moved(next, before, experiment);
}

/** The epoch with the table before it, moved to its own weights. */
function moved(
  epoch: Omit<WeightEpoch, 'slots' | 'movedSlots'>,
  before: WeightEpoch,
  experiment: Experiment,
): WeightEpoch {
  const shares = experiment.variants.map(({ key }) => epoch.weights[key] ?? 0);
  const slots = moveSlots(before.slots, shares).slots;
  return withShares(
    { ...epoch, slots, movedSlots: markMoved(before.movedSlots, before.slots, slots) },
    experiment,
  );
}

function nextNumber(epochs: readonly WeightEpoch[]): number {
  return Math.max(0, ...epochs.map(({ number }) => number)) + 1;
}

function phaseOf({ phase }: EpochChange, epochs: readonly WeightEpoch[]): number {
  if (phase === 'next') return Math.max(0, ...epochs.map((epoch) => epoch.phase)) + 1;
  return phase ?? epochs.at(-1)?.phase ?? 0;
}

/** Weights as they really are: the share of slots each variant owns. `md5-v1` has ranges, which take weights as given. */
function withShares(epoch: WeightEpoch, { hash, variants }: Experiment): WeightEpoch {
  if (hash === 'md5-v1') return epoch;
  const shares = slotShares(epoch.slots, variants.length);
  return {
    ...epoch,
    weights: Object.fromEntries(variants.map(({ key }, number) => [key, shares[number] ?? 0])),
  };
}

function scaled(weights: Readonly<Record<string, number>>, experiment: Experiment): Record<string, number> {
  const shares = exactShares(experiment.variants.map(({ key }) => weights[key] ?? 0));
  return Object.fromEntries(experiment.variants.map(({ key }, index) => [key, shares[index] ?? 0]));
}
