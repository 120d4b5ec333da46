import type { Experiment } from '../experiments/experiment.js';
import { latestOfEach, presentLeaves } from '../experiments/leaves.js';
import type { RegistryEntry } from '../experiments/registry-entry.js';
import { rootSegment, segmentAttributes } from '../experiments/segment.js';
import { explainRule } from '../targeting/explain-rule.js';
import type { Assignment, UnitAttributes } from './assignment.js';
import { explanation } from './explanation.js';
import { leafOf, leafTree } from './leaf-tree.js';
import { hasMoved } from './mark-moved.js';
import { md5Eligible } from './md5-assignment.js';
import { saltSeed, slotOf, slotsOfPercentage } from './slot.js';
import { hashUnit, type HashedUnit } from './unit-hash.js';

/** One thing that was looked at, with the numbers or values that settled it. */
export interface ExplanationStep {
  readonly check:
    | 'status'
    | 'link'
    | 'forced'
    | 'pin'
    | 'coverage'
    | 'layer'
    | 'targeting'
    | 'admission'
    | 'holdback'
    | 'segment'
    | 'slot';
  /** False where this stands between the unit and a variant of its own. */
  readonly passed: boolean;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** Why a unit is served what it is served: in a sentence, then check by check. */
export interface Explanation {
  readonly sentence: string;
  readonly steps: readonly ExplanationStep[];
}

/**
 * Everything that decides a unit's assignment, worked out anew and only for whoever asks. A unit that was exposed before
 * keeps its variant (reason `pinned`) whatever steps after `pin` say.
 *
 * @param unitId the id that was hashed
 * @param asked the id that was asked about, where the unit goes by another
 * @example explainAssignment(assignment, 'user-1', { plan: 'free' }).steps.find((step) => !step.passed)
 */
export function explainAssignment(
  assignment: Assignment,
  unitId: string,
  attributes: UnitAttributes,
  asked: string = unitId,
): Explanation {
  const { entry, reason } = assignment;
  const sentence = explanation(reason);
  if (!entry) return { sentence, steps: [] };
  const unit = hashUnit(unitId);
  const { experiment } = entry;
  const steps = [
    statusStep(experiment),
    ...linkStep(asked, unitId),
    ...forcedStep(experiment, assignment, [asked, unitId]),
    ...pinStep(assignment),
  ];
  switch (experiment.status) {
    case 'running':
    case 'rolling-out':
      steps.push(coverageStep(entry, unit), ...layerStep(experiment, unit));
      steps.push(...targetingStep(experiment, attributes), ...admissionStep(experiment));
      steps.push(...holdbackStep(experiment, unit), ...drawSteps(entry, unit, attributes));
      break;
    case 'concluded':
      steps.push(...targetingStep(experiment, attributes), ...holdbackStep(experiment, unit));
      break;
    case 'draft':
    case 'scheduled':
    case 'imported':
    case 'paused':
    case 'archived':
    case 'killed':
  }
  return { sentence, steps };
}

function statusStep({ status, phase, decidedVariant }: Experiment): ExplanationStep {
  const passed = status === 'running' || status === 'rolling-out' || status === 'concluded';
  return { check: 'status', passed, evidence: { status, phase, decidedVariant } };
}

/** The unit goes by the id under which it was known first: its slots are those of that id. */
function linkStep(unit: string, goesBy: string): ExplanationStep[] {
  return unit === goesBy ? [] : [{ check: 'link', passed: true, evidence: { unit, goesBy } }];
}

function forcedStep(
  { forced }: Experiment,
  { reason, variant }: Assignment,
  names: readonly string[],
): ExplanationStep[] {
  if (reason !== 'forced') return [];
  const by = names.some((name) => forced[name] === variant) ? 'the experiment' : 'the request';
  return [{ check: 'forced', passed: true, evidence: { variant, by } }];
}

function pinStep({ reason, variant, epoch }: Assignment): ExplanationStep[] {
  return reason === 'pinned' ? [{ check: 'pin', passed: true, evidence: { variant, epoch } }] : [];
}

function coverageStep({ experiment, epochs }: RegistryEntry, unit: HashedUnit): ExplanationStep {
  const coverage = epochs.at(-1)?.coverage ?? experiment.coverage;
  if (experiment.hash === 'md5-v1') {
    return { check: 'coverage', passed: md5Eligible(unit.id, coverage), evidence: { coverage } };
  }
  const [slot, bound] = [slotOf(unit, saltSeed(experiment.salt, 'coverage')), slotsOfPercentage(coverage)];
  return { check: 'coverage', passed: slot < bound, evidence: { coverage, slot, bound } };
}

function layerStep({ layer }: Experiment, unit: HashedUnit): ExplanationStep[] {
  if (!layer?.salt || !layer.slots) return [];
  const slot = slotOf(unit, saltSeed(layer.salt, 'layer'));
  const passed = layer.slots.some(([from, to]) => slot >= from && slot < to);
  return [{ check: 'layer', passed, evidence: { layer: layer.key, slot, slots: layer.slots } }];
}

function targetingStep({ targeting }: Experiment, attributes: UnitAttributes): ExplanationStep[] {
  if (!targeting) return [];
  const failed = explainRule(targeting, attributes);
  return [{ check: 'targeting', passed: failed.length === 0, evidence: { failed } }];
}

function admissionStep({ status, admission }: Experiment): ExplanationStep[] {
  if (status !== 'running') return [];
  return [{ check: 'admission', passed: admission === 'open', evidence: { admission } }];
}

/** By the experiment's own holdback, then by the programme's. */
function holdbackStep(
  { salt, holdback, programmeHoldback }: Experiment,
  unit: HashedUnit,
): ExplanationStep[] {
  const draws = [
    { of: 'experiment', salt, percent: holdback },
    { of: 'programme', salt: programmeHoldback?.salt ?? '', percent: programmeHoldback?.percent ?? 0 },
  ];
  return draws
    .filter(({ percent }) => percent > 0)
    .map(({ of, percent, ...draw }): ExplanationStep => {
      const [slot, bound] = [slotOf(unit, saltSeed(draw.salt, 'holdback')), slotsOfPercentage(percent)];
      return { check: 'holdback', passed: slot >= bound, evidence: { of, holdback: percent, slot, bound } };
    });
}

/** The leaf, where there are any, and the draw itself. `md5-v1` has ranges of its own and no slots. */
function drawSteps(
  { experiment, epochs, leafEpochs = [] }: RegistryEntry,
  unit: HashedUnit,
  attributes: UnitAttributes,
): ExplanationStep[] {
  const root = epochs.at(-1);
  if (!root || experiment.hash === 'md5-v1') return [];
  const leaves = experiment.status === 'running' ? presentLeaves({ experiment, leafEpochs }) : [];
  const tree = leafTree(experiment, leaves, () => []);
  const segment = (tree && leafOf(tree, attributes)?.segment) ?? rootSegment;
  const epoch = leaves.find((leaf) => leaf.segment === segment) ?? root;
  const slot = slotOf(unit, saltSeed(experiment.salt, 'slot'));
  const owner = experiment.variants[epoch.slots[slot] ?? -1]?.key ?? null;
  const changedHands = [root, ...latestOfEach(leafEpochs)].some(({ movedSlots }) =>
    hasMoved(movedSlots, slot),
  );
  return [
    ...segmentStep(experiment, segment, attributes),
    { check: 'slot', passed: true, evidence: { slot, owner, epoch: epoch.number, changedHands } },
  ];
}

/** The leaf that the unit's attributes lead to; an empty one is that of everyone without a leaf. */
function segmentStep(
  { allocation }: Experiment,
  segment: string,
  attributes: UnitAttributes,
): ExplanationStep[] {
  const declared = segmentAttributes(allocation);
  if (declared.length === 0) return [];
  const values = Object.fromEntries(declared.map((name) => [name, attributes[name] ?? null]));
  return [{ check: 'segment', passed: true, evidence: { segment, attributes: values } }];
}
