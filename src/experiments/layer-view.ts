import type { Experiment } from './experiment.js';
import { countSlots, freeSlots, holdsSlots } from './layer-slots.js';
import type { SlotRange } from './layer.js';
import { slotCount } from './weight-epoch.js';

/** An experiment of a layer: what it asks for, and what it holds. */
export interface LayerMember {
  readonly experiment: string;
  readonly status: Experiment['status'];
  /** Percentage of the layer's units that it asks for. */
  readonly percent: number;
  /** The slots that are its own for now; null while it holds none. */
  readonly slots: readonly SlotRange[] | null;
}

/** Who shares the units of a layer. */
export interface LayerView {
  readonly key: string;
  /** Percentage of the units that no experiment holds. */
  readonly free: number;
  readonly experiments: readonly LayerMember[];
}

/**
 * Every layer that an experiment names, by key, with its experiments in the order of their slots; who holds none comes last.
 *
 * @example layerViews([])  // []
 */
export function layerViews(experiments: readonly Experiment[]): LayerView[] {
  const keys = new Set(experiments.flatMap(({ layer }) => (layer ? [layer.key] : [])));
  return [...keys].sort().map((key) => {
    const members = experiments.flatMap((each) =>
      each.layer?.key === key ? [memberOf(each, each.layer)] : [],
    );
    const held = members.flatMap(({ experiment, slots }) => (slots ? [{ experiment, slots }] : []));
    return {
      key,
      free: (100 * countSlots(freeSlots(held))) / slotCount,
      experiments: members.sort((a, b) => firstSlot(a) - firstSlot(b)),
    };
  });
}

function memberOf(experiment: Experiment, { percent, slots }: NonNullable<Experiment['layer']>): LayerMember {
  const { key, status } = experiment;
  return { experiment: key, status, percent, slots: holdsSlots(experiment) ? slots : null };
}

function firstSlot({ slots }: LayerMember): number {
  return slots?.[0]?.[0] ?? slotCount;
}
