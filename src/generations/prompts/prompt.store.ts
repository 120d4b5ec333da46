import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { configHash } from '../../experiments/config-hash.js';
import type { VariantConfig } from '../../experiments/experiment.js';

/** Table `prompt`: which text a hash stands for, years later. */
@Injectable()
export class PromptStore {
  private readonly present = new Set<string>();

  /** Writes those that are not there; returns their hashes, to be remembered once the transaction has committed. */
  async ensure(configs: Iterable<VariantConfig>, now: Date, manager: EntityManager): Promise<string[]> {
    const missing = new Map<string, VariantConfig>();
    for (const config of configs) {
      const hash = configHash(config);
      if (!this.present.has(hash)) missing.set(hash, config);
    }
    for (const [hash, config] of [...missing].sort(([a], [b]) => (a < b ? -1 : 1))) {
      await manager.query(
        `INSERT INTO prompt (hash, content, first_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
        [hash, JSON.stringify(config), now],
      );
    }
    return [...missing.keys()];
  }

  /** Notes, once their transaction has committed, that these need no further look. */
  remember(hashes: Iterable<string>): void {
    for (const hash of hashes) this.present.add(hash);
  }
}
