import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DatabaseState } from '../database/database-state.service.js';
import { Transactions } from '../database/transactions.service.js';
import { writeApart } from '../database/write-apart.js';
import type { Exposure } from './exposure.js';
import { ExposureSpool } from './exposure-spool.client.js';
import { ExposureStore } from './exposure.store.js';
import { writerNumber } from './writer-number.js';

const batchSize = 2_000;
const retryMilliseconds = 5_000;

/** Brings exposures into the database that an earlier process could not, because the database was away when it ended. */
@Injectable()
export class ExposureRecovery implements OnApplicationBootstrap {
  private readonly logger = new Logger('Exposures');

  constructor(
    private readonly spool: ExposureSpool,
    private readonly exposures: ExposureStore,
    private readonly transactions: Transactions,
    private readonly database: DatabaseState,
  ) {}

  onApplicationBootstrap(): void {
    void this.persist();
  }

  /** Writes all that was left behind; rejects when the database goes away meanwhile, and can be asked again. */
  async recover(): Promise<number> {
    await this.database.whenReady();
    let recovered = 0;
    for (const path of await this.spool.leftBehind()) {
      const kept = await this.spool.read(path);
      for (let from = 0; from < kept.length; from += batchSize)
        await this.write(kept.slice(from, from + batchSize));
      await this.spool.remove(path);
      recovered += kept.length;
    }
    if (recovered > 0)
      this.logger.log(`${recovered} exposures of an earlier process are in the database now`);
    return recovered;
  }

  private async persist(): Promise<void> {
    try {
      await this.recover();
    } catch (error) {
      this.logger.warn('Exposures of an earlier process wait on disk; trying again', error);
      setTimeout(() => void this.persist(), retryMilliseconds).unref();
    }
  }

  private write(batch: readonly Exposure[]): Promise<void> {
    return writeApart(
      batch,
      (rows) => this.transactions.run((manager) => this.exposures.write(rows, writerNumber, manager)),
      ({ unit }, error) =>
        this.logger.error(`The exposure of ${unit} is given up: the database refuses it`, error),
    );
  }
}
