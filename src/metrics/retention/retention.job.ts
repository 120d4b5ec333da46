import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DatabaseState } from '../../database/database-state.service.js';
import { RetentionService } from './retention.service.js';

/** Archives old raw outcomes, so that the database does not grow for ever. */
@Injectable()
export class RetentionJob {
  private readonly logger = new Logger(RetentionJob.name);

  constructor(
    private readonly retention: RetentionService,
    private readonly database: DatabaseState,
  ) {}

  @Interval(600_000)
  async tick(): Promise<void> {
    if (this.database.status !== 'ready') return;
    try {
      await this.retention.run();
    } catch (error) {
      this.logger.warn('Old outcomes could not be archived; they stay for now', error);
    }
  }
}
