import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Transactions } from '../../database/transactions.service.js';
import { isPast } from '../../metrics/retention/due-day.js';
import { RetentionRounds } from '../../metrics/retention/retention-rounds.service.js';
import { Clock } from '../../operations/clock.js';
import { dayMilliseconds } from '../../operations/duration.js';
import { GENERATION_LOG_OPTIONS, type GenerationLogOptions } from '../generation-log.options.js';
import { GenerationStore } from '../generation.store.js';
import { GenerationRetentionStore } from './generation-retention.store.js';

/** Deletes logged generations that are older than they are to be kept, a whole day at a time. What was counted of them stays. */
@Injectable()
export class GenerationRetention implements OnModuleInit {
  private readonly logger = new Logger(GenerationRetention.name);

  constructor(
    @Inject(GENERATION_LOG_OPTIONS) private readonly options: GenerationLogOptions,
    private readonly store: GenerationRetentionStore,
    private readonly generations: GenerationStore,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly rounds: RetentionRounds,
  ) {}

  onModuleInit(): void {
    this.rounds.add('generations', () => this.run());
  }

  /** Deletes what is due; returns the days. */
  async run(): Promise<string[]> {
    const now = this.clock.now();
    const yesterday = new Date(now.getTime() - dayMilliseconds);
    await this.transactions.run((manager) => this.store.forgetBatches(yesterday, manager));
    const { keep } = this.options;
    if (keep === null) return [];
    const due = (await this.store.days()).filter((day) => isPast(day, keep, now));
    for (const day of due) {
      await this.transactions.run((manager) => this.store.drop(day, manager));
      this.generations.forget(day);
      this.logger.log(`Logged generations of ${day} are deleted, being older than ${keep}`);
    }
    return due;
  }
}
