import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DatabaseState } from '../../database/database-state.service.js';
import { RetentionRounds } from './retention-rounds.service.js';

/** Lets go of what is old every ten minutes, so that the database does not grow for ever. */
@Injectable()
export class RetentionJob {
  constructor(
    private readonly rounds: RetentionRounds,
    private readonly database: DatabaseState,
  ) {}

  @Interval(600_000)
  async tick(): Promise<void> {
    if (this.database.status === 'ready') await this.rounds.run();
  }
}
