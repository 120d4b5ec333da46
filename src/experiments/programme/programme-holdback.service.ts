import { Injectable, Logger } from '@nestjs/common';
import { Transactions } from '../../database/transactions.service.js';
import { AssayError } from '../../operations/assay-error.js';
import { Clock } from '../../operations/clock.js';
import type { Actor } from '../decision.js';
import { Salts } from '../salts.service.js';
import type { ProgrammeHoldback, ProgrammeHoldbackView } from './programme-holdback.js';
import { ProgrammeHoldbackStore } from './programme-holdback.store.js';

/**
 * Holds a share of all units back from every experiment that starts from now on, so that what the whole programme comes
 * to can be seen. Set once, or ended; never changed, which would mix those who met experiments into those who met none.
 */
@Injectable()
export class ProgrammeHoldbackService {
  private readonly logger = new Logger('Holdback');

  constructor(
    private readonly store: ProgrammeHoldbackStore,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly salts: Salts,
  ) {}

  /** What an experiment that starts now keeps back; null without a programme holdback. */
  async current(): Promise<ProgrammeHoldback | null> {
    const found = await this.store.find();
    return found && { percent: found.percent, salt: found.salt };
  }

  async view(): Promise<ProgrammeHoldbackView | null> {
    const found = await this.store.find();
    if (!found) return null;
    const { percent, since, actor, reason } = found;
    return { percent, since, actor, reason };
  }

  /** Throws HOLDBACK_EXISTS when there is one. */
  async set(percent: number, actor: Actor, reason: string): Promise<ProgrammeHoldbackView | null> {
    const holdback = { percent, salt: this.salts.draw(), since: this.clock.now(), actor, reason };
    const isSet = await this.transactions.run((manager) => this.store.insert(holdback, manager));
    const present = await this.view();
    if (!isSet) {
      throw new AssayError(
        'HOLDBACK_EXISTS',
        `${present?.percent ?? 'Some'} % of all units are held back already. DELETE /v1/programme/holdback ends that for ` +
          'experiments that start later; another holdback then draws other units.',
      );
    }
    this.logger.log(`${percent} % of all units are held back from experiments that start from now on`);
    return present;
  }

  /** Experiments that have started keep what they hold back. */
  async end(): Promise<void> {
    await this.transactions.run((manager) => this.store.delete(manager));
  }
}
