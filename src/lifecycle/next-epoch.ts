import { allocateSlots, slotShares } from '../bucketing/allocate-slots.js';
import { markMoved, noneMoved } from '../bucketing/mark-moved.js';
import { moveSlots } from '../bucketing/move-slots.js';
import type { Experiment } from '../experiments/experiment.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';
import type { EpochChange } from './change.js';
import { exactShares } from './exact-shares.js';

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
    segment: '',
    number: (before?.number ?? 0) + 1,
    phase: change.phase ?? before?.phase ?? 0,
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
  const slots = moveSlots(before.slots, shares).slots;
  return withShares(
    { ...base, slots, movedSlots: markMoved(before.movedSlots, before.slots, slots) },
    experiment,
  );
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
