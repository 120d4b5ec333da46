import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Experiment } from '../experiments/experiment.js';
import {
  claimSlots,
  countSlots,
  freeSlots,
  holdersOf,
  holdsSlots,
  slotsWanted,
  type HeldSlots,
} from '../experiments/layer-slots.js';
import type { LayerClaim } from '../experiments/layer.js';
import { LayerStore } from '../experiments/layer.store.js';
import { Salts } from '../experiments/salts.service.js';
import { AssayError } from '../operations/assay-error.js';

/** Takes an experiment's slots in its layer, in the transaction that lets it run. */
@Injectable()
export class LayerClaims {
  constructor(
    private readonly layers: LayerStore,
    private readonly salts: Salts,
  ) {}

  /**
   * The experiment's claim once it is in the new state; null where it has no layer, or the state does not change or holds none.
   * Slots that it had before are the only ones that it can have: its units know no others.
   *
   * @throws AssayError LAYER_FULL when they are another's, or too few are free
   */
  async claim(
    seen: Experiment,
    { status, decidedVariant = seen.decidedVariant }: Partial<Experiment>,
    manager: EntityManager,
  ): Promise<LayerClaim | null> {
    const { layer } = seen;
    if (!layer || status === undefined || !holdsSlots({ ...seen, status, decidedVariant })) return null;
    const salt = await this.layers.lock(layer.key, this.salts.draw(), manager);
    const held = await this.layers.held(layer.key, seen.id, manager);
    if (layer.slots) {
      const others = holdersOf(layer.slots, held);
      if (others.length > 0) throw taken(seen.key, layer.key, others);
      return layer;
    }
    const slots = claimSlots(held, slotsWanted(layer.percent));
    if (!slots) throw full(seen.key, layer, held);
    return { ...layer, slots, salt };
  }
}

function full(key: string, { key: layer, percent }: LayerClaim, held: readonly HeldSlots[]): AssayError {
  const free = countSlots(freeSlots(held)) / 100;
  const holders = held.map(({ experiment, slots }) => `"${experiment}" (${countSlots(slots) / 100} %)`);
  return new AssayError(
    'LAYER_FULL',
    `Experiment "${key}" asks for ${percent} % of layer "${layer}", of which ${free} % is free; the rest is held by ` +
      `${holders.join(', ')}. Ask for less, or archive one of these.`,
  );
}

function taken(key: string, layer: string, others: readonly string[]): AssayError {
  return new AssayError(
    'LAYER_FULL',
    `Experiment "${key}" gave up its slots of layer "${layer}" when it was concluded, and they are held by ` +
      `${others.map((other) => `"${other}"`).join(', ')} now. Archive these first, or clone it.`,
  );
}
