import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Transactions } from '../../database/transactions.service.js';
import { Clock } from '../../operations/clock.js';
import { ClosedDayStore } from './closed-day.store.js';
import { isArchived } from './closed-day.js';
import { DayArchiver } from './day-archiver.service.js';
import { isPast, isSettled } from './due-day.js';
import { OutcomeDayStore } from './outcome-day.store.js';
import { RetentionRounds } from './retention-rounds.service.js';
import { RETENTION_OPTIONS, type RetentionOptions } from './retention.options.js';

/** Moves the raw outcomes of old cohort days from the database to files. Any number of processes may do so at once. */
@Injectable()
export class RetentionService implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(RetentionService.name);
  private running: Promise<void> | null = null;

  constructor(
    @Inject(RETENTION_OPTIONS) private readonly options: RetentionOptions,
    private readonly closedDays: ClosedDayStore,
    private readonly outcomeDays: OutcomeDayStore,
    private readonly archiver: DayArchiver,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly rounds: RetentionRounds,
  ) {}

  onModuleInit(): void {
    this.rounds.add('outcomes', () => this.run());
  }

  /** Closes the days that are due, and archives those that are closed. What fails is logged, and tried again next time. */
  run(): Promise<void> {
    this.running ??= this.work().finally(() => (this.running = null));
    return this.running;
  }

  /** Ends after the page under way; what is closed and not archived yet is archived after the next start. */
  async onApplicationShutdown(): Promise<void> {
    this.archiver.stop();
    await this.running?.catch(() => undefined);
  }

  private async work(): Promise<void> {
    const { keep } = this.options;
    if (keep === null) return;
    const closed = new Set((await this.closedDays.list()).map(({ day }) => day));
    for (const day of await this.outcomeDays.days()) {
      const isDue = !closed.has(day) && isPast(day, keep, this.clock.now());
      if (isDue) await this.attempt(day, 'closed', () => this.close(day));
    }
    for (const day of await this.closedDays.list())
      if (!isArchived(day)) await this.attempt(day.day, 'archived', () => this.archiver.archive(day.day));
  }

  /** Closes a day that nobody needs any more. */
  private async close(day: string): Promise<void> {
    if (!isSettled(day, await this.outcomeDays.experiments(day), this.clock.now())) return;
    await this.transactions.run(async (manager) => {
      if (!(await this.closedDays.mayClose(day, manager))) return;
      await this.outcomeDays.shut(day, manager);
      // Only now no more can come.
      const experiments = await this.outcomeDays.experiments(day, manager);
      const now = this.clock.now();
      if (!isSettled(day, experiments, now))
        throw new Error('an experiment has just received outcomes of it');
      const numbers = experiments.map(({ id }) => id);
      await this.closedDays.close(day, now, numbers, manager);
    });
  }

  private async attempt(day: string, aim: string, work: () => Promise<unknown>): Promise<void> {
    if (this.archiver.isStopped) return;
    try {
      await work();
    } catch (error) {
      this.logger.error(
        `Cohort day ${day} could not be ${aim}; it stays as it is until the next hour`,
        error,
      );
    }
  }
}
