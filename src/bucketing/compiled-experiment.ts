import type { Experiment, Status, VariantConfig } from '../experiments/experiment.js';
import { slotCount, type WeightEpoch } from '../experiments/weight-epoch.js';
import { AssayError } from '../operations/assay-error.js';
import type { AssignmentDecision, AssignmentReason } from './assignment.js';
import { fallbackDecisions, type FallbackDecisions } from './fallback-decisions.js';
import { freezeConfig } from './freeze-config.js';
import { noneMoved } from './mark-moved.js';
import { compileMd5Ranges, type Md5Ranges, type PastEpoch } from './md5-ranges.js';
import { propensitiesOf } from './propensity.js';
import { saltSeed } from './slot.js';

/** How units find their variant: all alike, by pin and slot, by slot alone, or one variant but for the holdback. */
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
  readonly movedSlots: Uint8Array;
  /** Whether a unit without a pin is owed the owner of its slot, whatever else is here: the common case. */
  readonly bySlotAlone: boolean;
  /** Null for `murmur3-v1`. */
  readonly md5: Md5Ranges | null;
  /** By variant number: the answer for a unit drawn in the present epoch. */
  readonly drawn: readonly Decision[];
  /** By variant number: the answer for a unit pinned in the present epoch. */
  readonly pinned: readonly Decision[];
  readonly fallbacks: FallbackDecisions<Decision>;
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
 * @throws AssayError INTERNAL when the epoch is missing or does not fit the variants
 * @example assign(compileExperiment(experiment, epoch), hashUnit('user-1'), undefined)
 */
export function compileExperiment(
  experiment: Experiment,
  epoch: WeightEpoch | null,
  history: readonly PastEpoch[] = [],
): CompiledExperiment {
  return compileAnswers(experiment, epoch, history, (decision) => decision);
}

/**
 * As {@link compileExperiment}, with answers that say more than a decision.
 *
 * @param answer makes the answer of a decision; called once for each that there can be
 */
export function compileAnswers<Decision extends AssignmentDecision>(
  experiment: Experiment,
  epoch: WeightEpoch | null,
  history: readonly PastEpoch[],
  answer: (decision: AssignmentDecision) => Decision,
): CompiledExperiment<Decision> {
  const routing = usableRouting(experiment, epoch);
  const configs = experiment.variants.map((variant) => freezeConfig(variant.config));
  const propensities = propensitiesOf(experiment, epoch, history);
  const decide = variantDecisions(experiment, epoch, propensities, configs);
  const { id, key, version, status, salt } = experiment;
  const coverage = epoch?.coverage ?? experiment.coverage;
  const movedSlots = epoch?.movedSlots ?? noneMoved();
  // Written out in full: V8 reads an object that was put together by spreading several times slower.
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
    bySlotAlone: isBySlotAlone(experiment, coverage, routing, movedSlots),
    md5: rangesOf(experiment, epoch, history),
    drawn: decide(routing === 'rollout' ? 'rollout' : 'split').map(answer),
    pinned: decide('pinned').map(answer),
    fallbacks: fallbackDecisions(experiment, epoch, configs, answer),
    variantNumbers: new Map(experiment.variants.map((variant, number) => [variant.key, number])),
    configs,
    propensities,
  };
}

function rangesOf(experiment: Experiment, epoch: WeightEpoch | null, history: readonly PastEpoch[]) {
  if (!epoch || experiment.hash !== 'md5-v1') return null;
  return compileMd5Ranges(experiment.key, experiment.variants, epoch, history);
}

/** The answers by variant number to units that have the variant for a reason. */
function variantDecisions(
  experiment: Experiment,
  epoch: WeightEpoch | null,
  propensities: ReadonlyMap<number, readonly number[]>,
  configs: readonly VariantConfig[],
): (reason: AssignmentReason) => readonly AssignmentDecision[] {
  return (reason) =>
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
  if (experiment.hash === 'md5-v1' || experiment.holdback > 0) return false;
  if (slotsOfPercentage(coverage) < slotCount) return false;
  if (routing === 'rollout') return true;
  return routing === 'test' && experiment.admission === 'open' && movedSlots.every((byte) => byte === 0);
}

function slotsOfPercentage(percentage: number): number {
  return Math.round((percentage / 100) * slotCount);
}

function routingOf(experiment: Experiment): Routing {
  switch (experiment.status) {
    case 'running':
      return 'test';
    case 'rolling-out':
      return 'rollout';
    case 'concluded':
      return experiment.holdback > 0 ? 'shipped' : 'uniform';
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
