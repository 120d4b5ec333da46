import { Injectable } from '@nestjs/common';
import { cohortDay } from '../bucketing/cohort.js';
import { Transactions } from '../database/transactions.service.js';
import { Clock } from '../operations/clock.js';
import { PartitionStore } from './partition.store.js';
import { dayMilliseconds } from '../operations/duration.js';

const daysAhead = 3;

/** Has places for outcomes ready before they are needed. */
@Injectable()
export class PartitionService {
  constructor(
    private readonly partitions: PartitionStore,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Makes the partitions of today and the coming days. */
  async makeAhead(): Promise<void> {
    const now = this.clock.now().getTime();
    const days = Array.from({ length: daysAhead }, (_, ahead) =>
      cohortDay(new Date(now + ahead * dayMilliseconds)),
    );
    await this.transactions.run((manager) => this.partitions.ensure(days, manager));
    this.partitions.remember(days);
  }
}
