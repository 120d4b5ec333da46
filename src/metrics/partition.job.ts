import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DatabaseState } from '../database/database-state.service.js';
import { PartitionService } from './partition.service.js';

/** Makes the partitions of the coming days, so that no writer has to at midnight. */
@Injectable()
export class PartitionJob {
  private readonly logger = new Logger(PartitionJob.name);

  constructor(
    private readonly partitions: PartitionService,
    private readonly database: DatabaseState,
  ) {}

  @Interval(3_600_000)
  async tick(): Promise<void> {
    if (this.database.status !== 'ready') return;
    try {
      await this.partitions.makeAhead();
    } catch (error) {
      this.logger.warn(
        'The partitions of the coming days could not be made; writers make them on demand',
        error,
      );
    }
  }
}
