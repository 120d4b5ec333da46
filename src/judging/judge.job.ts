import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DatabaseState } from '../database/database-state.service.js';
import { JudgingService } from './judging.service.js';

/** Judges what is due, every second, for as long as the database is there. */
@Injectable()
export class JudgeJob {
  constructor(
    private readonly judging: JudgingService,
    private readonly database: DatabaseState,
  ) {}

  @Interval(1_000)
  async tick(): Promise<void> {
    if (this.database.status === 'ready') await this.judging.judgeAll();
  }
}
