import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Status } from './experiment.js';
import { holdsSlots, type HeldSlots } from './layer-slots.js';

interface HolderRow extends HeldSlots {
  readonly status: Status;
  readonly holdback: number;
  readonly decidedVariant: string | null;
}

/** Which experiment holds which slots of a layer. */
@Injectable()
export class LayerStore {
  /**
   * Locks a layer until the transaction ends, so that of two that claim at once the later sees what the earlier took.
   * Returns the layer's salt.
   *
   * @param salt of the layer, should it be new
   */
  async lock(key: string, salt: string, manager: EntityManager): Promise<string> {
    await manager.query('INSERT INTO layer (key, salt) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING', [
      key,
      salt,
    ]);
    const [row] = await manager.query<{ salt: string }[]>(
      'SELECT salt FROM layer WHERE key = $1 FOR UPDATE',
      [key],
    );
    return row?.salt ?? salt;
  }

  /** What all experiments but one hold of a layer. Lock it first. */
  async held(key: string, except: number, manager: EntityManager): Promise<HeldSlots[]> {
    const rows = await manager.query<HolderRow[]>(
      `SELECT key AS experiment, status, holdback, decided_variant AS "decidedVariant", layer->'slots' AS slots
       FROM experiment
       WHERE layer->>'key' = $1 AND id <> $2 AND jsonb_typeof(layer->'slots') = 'array'
       ORDER BY id`,
      [key, except],
    );
    return rows.filter(holdsSlots).map(({ experiment, slots }) => ({ experiment, slots }));
  }
}
