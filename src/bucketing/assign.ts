import { slotCount } from '../experiments/weight-epoch.js';
import type { AssignmentDecision, Pin, UnitAttributes } from './assignment.js';
import { holdbackGroup } from './assignment.js';
import type { CompiledExperiment } from './compiled-experiment.js';
import { leafOf } from './leaf-tree.js';
import { hasMoved } from './mark-moved.js';
import { md5Eligible } from './md5-assignment.js';
import { md5Moved, md5Owner } from './md5-ranges.js';
import { slotOf } from './slot.js';
import type { HashedUnit } from './unit-hash.js';

/** The decision cannot be made from the hash alone: look the unit's pin up, then ask again with it or with null, and with this. */
export const needsPin = 'needs-pin';

/** The same for a unit that the experiment's rule is not about: only a pin lets it stay. */
export const needsPinToStay = 'needs-pin-to-stay';

export type PinQuestion = typeof needsPin | typeof needsPinToStay;

/** Whether there is no answer yet, but a question. */
export function asksForPin<Decision extends object>(answer: Decision | PinQuestion): answer is PinQuestion {
  return answer === needsPin || answer === needsPinToStay;
}

const nothingKnown: UnitAttributes = Object.freeze({});

/**
 * What a unit is served in an experiment, and why: the contract's table of states as one function.
 *
 * - Nothing is allocated, except for a unit pinned in an earlier epoch.
 * - A pin is needed only where a hash cannot tell: the unit's slot has changed hands, admission is closed, or the
 *   experiment is no longer meant for the unit.
 * - Leaves share one table of slots that changed hands: attributes that change move no unit that was exposed.
 * - Raising coverage moves nobody; a change of weights moves only unpinned units of slots that changed hands.
 *
 * @param pin the unit's first assignment; null = looked up, never exposed; undefined = not looked up
 * @param attributes what is known of the unit, for the experiment's rule
 * @param asked what was answered before the pin was looked up: it says whether the rule holds, which is then not tested again
 * @example assign(compiled, hashUnit('user-1'), undefined) // { variant: 'treatment', reason: 'split', propensity: 0.5, … }
 */
export function assign<Decision extends AssignmentDecision>(
  compiled: CompiledExperiment<Decision>,
  unit: HashedUnit,
  pin: Pin | null | undefined,
  attributes: UnitAttributes = nothingKnown,
  asked?: PinQuestion,
): Decision | PinQuestion {
  if (compiled.bySlotAlone && !pin) return compiled.drawn[compiled.owners[slotOf(unit, compiled.slotSeed)]!]!;
  const forced = compiled.admission.forced?.get(unit.id);
  if (forced) return forced;
  switch (compiled.routing) {
    case 'uniform':
      return compiled.fallbacks.everyone;
    case 'shipped':
      if (!isTargeted(compiled, attributes)) return compiled.fallbacks.notTargeted;
      // All units of the layer: those in the slots of others had the configuration of before until now, like those held back.
      return isHeldBack(compiled, unit) ? compiled.fallbacks.holdback : compiled.fallbacks.everyone;
    case 'rollout':
      if (!isEligible(compiled, unit)) return compiled.fallbacks.notEligible;
      if (!isInLayer(compiled, unit)) return compiled.fallbacks.excluded;
      if (!isTargeted(compiled, attributes)) return compiled.fallbacks.notTargeted;
      if (isHeldBack(compiled, unit)) return compiled.fallbacks.holdback;
      return draw(compiled, unit, null, attributes);
    case 'test':
      return assignInTest(compiled, unit, pin, attributes, asked);
  }
}

function assignInTest<Decision extends AssignmentDecision>(
  compiled: CompiledExperiment<Decision>,
  unit: HashedUnit,
  pin: Pin | null | undefined,
  attributes: UnitAttributes,
  asked: PinQuestion | undefined,
): Decision | PinQuestion {
  if (pin) {
    const kept = keep(compiled, pin);
    if (kept) return kept;
  }
  if (!isEligible(compiled, unit)) return compiled.fallbacks.notEligible;
  // Coverage only rises and claimed slots stay: whoever these keep out was never in. A rule may have let the unit in before.
  if (!isInLayer(compiled, unit)) return compiled.fallbacks.excluded;
  const isMeant = asked === undefined ? isTargeted(compiled, attributes) : asked === needsPin;
  if (!isMeant) return pin === undefined ? needsPinToStay : compiled.fallbacks.notTargeted;
  if (!compiled.admissionOpen) return pin === undefined ? needsPin : compiled.fallbacks.admissionClosed;
  if (isHeldBack(compiled, unit)) return compiled.fallbacks.holdback;
  return draw(compiled, unit, pin, attributes);
}

/** The variant that owns the unit's place in its leaf; a place that changed hands asks for the pin first. */
function draw<Decision extends AssignmentDecision>(
  compiled: CompiledExperiment<Decision>,
  unit: HashedUnit,
  pin: Pin | null | undefined,
  attributes: UnitAttributes,
): Decision | PinQuestion {
  if (compiled.md5) {
    if (pin === undefined && md5Moved(compiled.md5, unit.id)) return needsPin;
    return compiled.drawn[md5Owner(compiled.md5, unit.id)]!;
  }
  const slot = slotOf(unit, compiled.slotSeed);
  if (pin === undefined && hasMoved(compiled.movedSlots, slot)) return needsPin;
  const { owners, drawn } = (compiled.leaves && leafOf(compiled.leaves, attributes)) ?? compiled;
  return drawn[owners[slot]!]!;
}

/** The pinned answer; undefined for a pin to a variant that the experiment does not have. */
function keep<Decision extends AssignmentDecision>(
  compiled: CompiledExperiment<Decision>,
  pin: Pin,
): Decision | undefined {
  if (pin.variant === holdbackGroup) return compiled.fallbacks.holdback;
  const number = compiled.variantNumbers.get(pin.variant);
  if (number === undefined) return undefined;
  const present = compiled.pinned[number];
  if (!present || pin.epoch === compiled.epoch) return present;
  const propensity = compiled.propensities.get(pin.epoch)?.[number] ?? null;
  return Object.freeze({ ...present, propensity, epoch: pin.epoch });
}

function isEligible(compiled: CompiledExperiment, unit: HashedUnit): boolean {
  if (compiled.md5) return md5Eligible(unit.id, compiled.coverage);
  return compiled.coverageSlots === slotCount || slotOf(unit, compiled.coverageSeed) < compiled.coverageSlots;
}

function isInLayer({ admission: { layerSlots, layerSeed } }: CompiledExperiment, unit: HashedUnit): boolean {
  return layerSlots === null || layerSlots[slotOf(unit, layerSeed)] === 1;
}

function isTargeted({ admission: { targeting } }: CompiledExperiment, attributes: UnitAttributes): boolean {
  return targeting === null || targeting(attributes);
}

function isHeldBack(compiled: CompiledExperiment, unit: HashedUnit): boolean {
  const { holdbackSlots, admission } = compiled;
  return (
    (holdbackSlots > 0 && slotOf(unit, compiled.holdbackSeed) < holdbackSlots) ||
    (admission.programmeSlots > 0 && slotOf(unit, admission.programmeSeed) < admission.programmeSlots)
  );
}

/** The answer for a unit whose pin is needed and cannot be looked up just now. */
export function staleDecision<Decision extends AssignmentDecision>(
  compiled: CompiledExperiment<Decision>,
): Decision {
  return compiled.fallbacks.stale;
}

/**
 * The answer for a unit that someone put into a variant by hand, to look at it: never pinned, never analysed.
 * An archived or killed experiment serves its fallback all the same.
 * Undefined when the experiment has no such variant.
 */
export function forcedDecision<Decision extends AssignmentDecision>(
  compiled: CompiledExperiment<Decision>,
  variant: string | undefined,
): Decision | undefined {
  if (variant === undefined) return undefined;
  if (compiled.status === 'archived' || compiled.status === 'killed') return compiled.fallbacks.everyone;
  const number = compiled.variantNumbers.get(variant);
  if (number === undefined) return undefined;
  return Object.freeze({
    ...compiled.fallbacks.everyone,
    variant,
    config: compiled.configs[number] ?? {},
    reason: 'forced',
    propensity: null,
    epoch: null,
    exposes: false,
  });
}
