import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ExposureWriter } from '../../bucketing/exposure-writer.service.js';
import { unitKey } from '../../bucketing/unit-key.js';
import { DatabaseState } from '../../database/database-state.service.js';
import { Transactions } from '../../database/transactions.service.js';
import { RegistryService } from '../../experiments/registry.service.js';
import { OutcomeSpool } from '../../metrics/spool/outcome-spool.service.js';
import { AssayError } from '../../operations/assay-error.js';
import { Clock } from '../../operations/clock.js';
import { GenerationLog } from '../generation-log.service.js';
import { UnitDataStore, type ErasedRows, type UnitRows } from './unit-data.store.js';

/** What an erasure did, and what it leaves to people. */
export interface Erasure {
  readonly erased: ErasedRows;
  /** Cohort days whose outcomes lie in archive files, or are about to: these are not rewritten. */
  readonly archivedDays: readonly string[];
  /** Experiments that name the unit in `forced`. */
  readonly forcedIn: readonly string[];
}

/** Erases what another concept keeps of a unit, in the same transaction; called before anything else of it is erased. */
export type AlsoErase = (rows: readonly UnitRows[], manager: EntityManager) => Promise<unknown>;

/**
 * Erases what is known of a unit in words: prompts and answers, its id, attributes, tags. What was measured and counted
 * stays, under a key that only the id leads to, so no total and no result changes.
 */
@Injectable()
export class UnitDataService {
  private readonly others: AlsoErase[] = [];

  constructor(
    private readonly store: UnitDataStore,
    private readonly exposures: ExposureWriter,
    private readonly log: GenerationLog,
    private readonly spool: OutcomeSpool,
    private readonly registry: RegistryService,
    private readonly database: DatabaseState,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Adds what else is to be erased with a unit. */
  also(erase: AlsoErase): void {
    this.others.push(erase);
  }

  /** Throws DATABASE_UNAVAILABLE, nothing being erased, while something of the unit may still be on its way. */
  async erase(unitId: string): Promise<Erasure> {
    this.assertSettled();
    await this.exposures.drained();
    await this.log.drained();
    const now = this.clock.now();
    const { erased, archivedDays } = await this.transactions.run(async (manager) => {
      const rows = await this.store.rowsOf(unitId, unitKey(unitId), manager);
      for (const erase of this.others) await erase(rows, manager);
      return {
        archivedDays: await this.store.closedDays(rows, manager),
        erased: await this.store.erase(unitId, rows, now, manager),
      };
    });
    const forcedIn = this.registry
      .list()
      .filter(({ experiment }) => Object.hasOwn(experiment.forced, unitId))
      .map(({ experiment }) => experiment.key);
    return { erased, archivedDays, forcedIn };
  }

  private assertSettled(): void {
    if (this.database.status === 'ready' && this.spool.isEmpty) return;
    throw new AssayError(
      'DATABASE_UNAVAILABLE',
      'The database is away, or outcomes wait in the spool that may be of this unit; nothing is erased. Send this again later.',
    );
  }
}
