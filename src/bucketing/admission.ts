import type { Experiment, VariantConfig } from '../experiments/experiment.js';
import { slotCount } from '../experiments/weight-epoch.js';
import { compileRule, type AttributeTest } from '../targeting/compile-rule.js';
import type { AssignmentDecision } from './assignment.js';
import { saltSeed, slotsOfPercentage } from './slot.js';

/** Who meets an experiment at all, before any draw of its own: its slots of a layer, its rule, the programme, who is forced. */
export interface Admission<Decision> {
  /** Units in a slot of the programme below `programmeSlots` are held back from every experiment. */
  readonly programmeSeed: number;
  readonly programmeSlots: number;
  readonly layerSeed: number;
  /** 1 for each of the layer's slots that is the experiment's; null where it shares no layer. */
  readonly layerSlots: Uint8Array | null;
  /** Null where everyone is meant. */
  readonly targeting: AttributeTest | null;
  /** Answers by unit id; null where nobody is forced. */
  readonly forced: ReadonlyMap<string, Decision> | null;
}

/** The admission of an experiment, its rule read and its answers made. */
export function compileAdmission<Decision>(
  experiment: Experiment,
  configs: readonly VariantConfig[],
  answer: (decision: AssignmentDecision) => Decision,
): Admission<Decision> {
  const { layer, targeting, programmeHoldback: programme } = experiment;
  return {
    programmeSeed: saltSeed(programme?.salt ?? '', 'holdback'),
    programmeSlots: slotsOfPercentage(programme?.percent ?? 0),
    layerSeed: layer?.salt ? saltSeed(layer.salt, 'layer') : 0,
    layerSlots: layer?.salt && layer.slots ? ownSlots(layer.slots) : null,
    targeting: targeting && compileRule(targeting),
    forced: forcedUnits(experiment, configs, answer),
  };
}

/** Whether everyone may meet it. */
export function admitsEveryone({ layer, targeting, forced }: Experiment): boolean {
  return layer === null && targeting === null && Object.keys(forced).length === 0;
}

function ownSlots(ranges: readonly (readonly [from: number, to: number])[]): Uint8Array {
  const own = new Uint8Array(slotCount);
  for (const [from, to] of ranges) own.fill(1, from, to);
  return own;
}

/** An archived or killed experiment serves its fallback to everyone, however they came to it. */
function forcedUnits<Decision>(
  { status, forced, variants }: Experiment,
  configs: readonly VariantConfig[],
  answer: (decision: AssignmentDecision) => Decision,
): ReadonlyMap<string, Decision> | null {
  const units = Object.entries(forced);
  if (units.length === 0 || status === 'archived' || status === 'killed') return null;
  const answers = new Map(
    variants.map(({ key }, number) => [key, answer(forcedInto(key, configs[number] ?? {}))]),
  );
  return new Map(
    units.flatMap(([unit, variant]) => {
      const own = answers.get(variant);
      return own === undefined ? [] : [[unit, own] as const];
    }),
  );
}

function forcedInto(variant: string, config: VariantConfig): AssignmentDecision {
  return Object.freeze({ variant, config, reason: 'forced', propensity: null, epoch: null, exposes: false });
}
