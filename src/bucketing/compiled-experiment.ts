import type { Experiment, Status, VariantConfig } from '../experiments/experiment.js';
import { latestOfEach, presentLeaves } from '../experiments/leaves.js';
import { hasHoldback } from '../experiments/programme/programme-holdback.js';
import { slotCount, type WeightEpoch } from '../experiments/weight-epoch.js';
import { AssayError } from '../operations/assay-error.js';
import { admitsEveryone, compileAdmission, type Admission } from './admission.js';
import type { AssignmentDecision, AssignmentReason } from './assignment.js';
import { fallbackDecisions, type FallbackDecisions } from './fallback-decisions.js';
import { freezeConfig } from './freeze-config.js';
import { leafTree, type LeafTree } from './leaf-tree.js';
import { noneMoved, unionOfMoved } from './mark-moved.js';
import { compileMd5Ranges, type Md5Ranges, type PastEpoch } from './md5-ranges.js';
import { propensitiesOf } from './propensity.js';
import { saltSeed, slotsOfPercentage } from './slot.js';

/** How units find their variant: all alike, by pin and slot, by slot alone, or one variant but for whoever it is not meant for. */
export type Routing = 'uniform' | 'test' | 'rollout' | 'shipped';

/** All that deciding an assignment reads, computed once for each version of an experiment, with its answers made already. */
export interface CompiledExperiment<Decision extends AssignmentDecision = AssignmentDecision> {
  readonly id: number;
  readonly key: string;
  readonly version: number;
  readonly status: Status;
  readonly phase: number;
  /** Number of the present weight epoch; null before the first. */
  readonly epoch: number | null;
  readonly routing: Routing;
  readonly admissionOpen: boolean;
  readonly slotSeed: number;
  readonly coverageSeed: number;
  readonly holdbackSeed: number;
  /** Units in a coverage slot below this are let in. */
  readonly coverageSlots: number;
  /** Percentage let in, as `md5-v1` compares it. */
  readonly coverage: number;
  /** Units in a holdback slot below this are held back. */
  readonly holdbackSlots: number;
  readonly owners: Uint8Array;
  /** Slots that changed hands in the root or in any leaf, past ones included: only there a pin may differ from the owner. */
  readonly movedSlots: Uint8Array;
  /** Leaves with weights of their own, while the experiment has any and runs as a test. */
  readonly leaves: LeafTree<Decision> | null;
  /** Whether a unit without a pin is owed the owner of its slot, whatever else is here: the common case. */
  readonly bySlotAlone: boolean;
  /** Null for `murmur3-v1`. */
  readonly md5: Md5Ranges | null;
  /** By variant number: the answer for a unit drawn in the present epoch. */
  readonly drawn: readonly Decision[];
  /** By variant number: the answer for a unit pinned in the present epoch. */
  readonly pinned: readonly Decision[];
  readonly fallbacks: FallbackDecisions<Decision>;
  readonly admission: Admission<Decision>;
  readonly variantNumbers: ReadonlyMap<string, number>;
  readonly configs: readonly VariantConfig[];
  /** By epoch number, then variant number; only epochs that were given. */
  readonly propensities: ReadonlyMap<number, readonly number[]>;
}

/**
 * Everything the hot path needs of an experiment, precomputed.
 *
 * @param epoch the present weight epoch; null only while no unit is routed (before the start, imported, archived, killed)
 * @param history earlier epochs: they give pinned units their propensity, and `md5-v1` the units that have moved
 * @param leafEpochs those of leaves, oldest first
 * @throws AssayError INTERNAL when the epoch is missing or does not fit the variants
 * @example assign(compileExperiment(experiment, epoch), hashUnit('user-1'), undefined)
 */
export function compileExperiment(
  experiment: Experiment,
  epoch: WeightEpoch | null,
  history: readonly PastEpoch[] = [],
  leafEpochs: readonly WeightEpoch[] = [],
): CompiledExperiment {
  return compileAnswers({ experiment, epoch, history, leafEpochs }, (decision) => decision);
}

/**
 * As {@link compileExperiment}, with answers that say more than a decision. The result is written out in full: V8 reads an object
 * that was put together by spreading several times slower.
 *
 * @param answer makes the answer of a decision; called once for each that there can be
 */
export function compileAnswers<Decision extends AssignmentDecision>(
  { experiment, epoch, history, leafEpochs }: EpochsOfExperiment,
  answer: (decision: AssignmentDecision) => Decision,
): CompiledExperiment<Decision> {
  const routing = usableRouting(experiment, epoch);
  const configs = experiment.variants.map((variant) => freezeConfig(variant.config));
  const propensities = propensitiesOf(experiment, epoch, [...history, ...leafEpochs]);
  const decide = variantDecisions(experiment, propensities, configs);
  const leaves = servedLeaves(experiment, leafEpochs, routing, (leaf) => decide('split', leaf).map(answer));
  const { id, key, version, status, salt } = experiment;
  const [{ coverage }, movedSlots] = [epoch ?? experiment, movedInAny(epoch, leafEpochs)];
  return {
    id,
    key,
    version,
    status,
    phase: epoch?.phase ?? experiment.phase,
    epoch: epoch?.number ?? null,
    routing,
    admissionOpen: experiment.admission === 'open',
    slotSeed: saltSeed(salt, 'slot'),
    coverageSeed: saltSeed(salt, 'coverage'),
    holdbackSeed: saltSeed(salt, 'holdback'),
    coverage,
    coverageSlots: slotsOfPercentage(coverage),
    holdbackSlots: slotsOfPercentage(experiment.holdback),
    owners: epoch?.slots ?? new Uint8Array(slotCount),
    movedSlots,
    leaves,
    bySlotAlone: leaves === null && isBySlotAlone(experiment, coverage, routing, movedSlots),
    md5: rangesOf(experiment, epoch, history),
    drawn: decide(routing === 'rollout' ? 'rollout' : 'split', epoch).map(answer),
    pinned: decide('pinned', epoch).map(answer),
    fallbacks: fallbackDecisions(experiment, epoch, configs, answer),
    admission: compileAdmission(experiment, configs, answer),
    variantNumbers: new Map(experiment.variants.map((variant, number) => [variant.key, number])),
    configs,
    propensities,
  };
}

/** An experiment with the epochs that its assignments rest on. */
export interface EpochsOfExperiment {
  readonly experiment: Experiment;
  readonly epoch: WeightEpoch | null;
  readonly history: readonly PastEpoch[];
  readonly leafEpochs: readonly WeightEpoch[];
}

/** A leaf begins with the slots of what it parted from, so wherever any two tables ever differed one of them was marked. */
function movedInAny(epoch: WeightEpoch | null, leafEpochs: readonly WeightEpoch[]): Uint8Array {
  const own = epoch?.movedSlots ?? noneMoved();
  return leafEpochs.length === 0
    ? own
    : unionOfMoved([own, ...latestOfEach(leafEpochs).map((leaf) => leaf.movedSlots)]);
}

function rangesOf(experiment: Experiment, epoch: WeightEpoch | null, history: readonly PastEpoch[]) {
  if (!epoch || experiment.hash !== 'md5-v1') return null;
  return compileMd5Ranges(experiment.key, experiment.variants, epoch, history);
}

/** The answers by variant number to units that have the variant for a reason. */
function variantDecisions(
  experiment: Experiment,
  propensities: ReadonlyMap<number, readonly number[]>,
  configs: readonly VariantConfig[],
): (reason: AssignmentReason, epoch: WeightEpoch | null) => readonly AssignmentDecision[] {
  return (reason, epoch) =>
    experiment.variants.map((variant, number) =>
      Object.freeze({
        variant: variant.key,
        config: configs[number] ?? {},
        reason,
        propensity: epoch ? (propensities.get(epoch.number)?.[number] ?? null) : null,
        epoch: epoch?.number ?? null,
        exposes: true,
      }),
    );
}

/** Whether nothing but the slot decides: no other draw, no closed admission, no slot that ever changed hands. */
function isBySlotAlone(
  experiment: Experiment,
  coverage: number,
  routing: Routing,
  movedSlots: Uint8Array,
): boolean {
  if (experiment.hash === 'md5-v1' || hasHoldback(experiment)) return false;
  if (!admitsEveryone(experiment)) return false;
  if (slotsOfPercentage(coverage) < slotCount) return false;
  if (routing === 'rollout') return true;
  return routing === 'test' && experiment.admission === 'open' && movedSlots.every((byte) => byte === 0);
}

function routingOf(experiment: Experiment): Routing {
  switch (experiment.status) {
    case 'running':
      return 'test';
    case 'rolling-out':
      return 'rollout';
    case 'concluded':
      return hasHoldback(experiment) || experiment.targeting ? 'shipped' : 'uniform';
    case 'draft':
    case 'scheduled':
    case 'imported':
    case 'paused':
    case 'archived':
    case 'killed':
      return 'uniform';
  }
}

/** The routing, if the epoch can serve it. */
function usableRouting(experiment: Experiment, epoch: WeightEpoch | null): Routing {
  const routing = routingOf(experiment);
  refuseUnusableEpoch(experiment, epoch, routing);
  return routing;
}

/** The leaves that are served: in the test alone. */
function servedLeaves<Decision>(
  experiment: Experiment,
  leafEpochs: readonly WeightEpoch[],
  routing: Routing,
  answers: (leaf: WeightEpoch) => readonly Decision[],
): LeafTree<Decision> | null {
  const leaves = routing === 'test' ? presentLeaves({ experiment, leafEpochs }) : [];
  leaves.forEach((leaf) => refuseUnusableEpoch(experiment, leaf, routing));
  return leafTree(experiment, leaves, answers);
}

function refuseUnusableEpoch(experiment: Experiment, epoch: WeightEpoch | null, routing: Routing): void {
  const refuse = (what: string): never => {
    throw new AssayError('INTERNAL', `Experiment ${experiment.key} is ${experiment.status} and ${what}.`);
  };
  if (!epoch) {
    if (routing === 'test' || routing === 'rollout') refuse('has no weight epoch; open one when it starts');
    return;
  }
  if (experiment.hash === 'md5-v1') return;
  if (epoch.slots.length !== slotCount)
    refuse(`epoch ${epoch.number} has ${epoch.slots.length} slots, not ${slotCount}`);
  const stranger = epoch.slots.find((owner) => owner >= experiment.variants.length);
  if (stranger !== undefined)
    refuse(`epoch ${epoch.number} gives a slot to variant number ${stranger}, which it has not`);
}
