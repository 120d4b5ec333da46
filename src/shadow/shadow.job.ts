import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DatabaseState } from '../database/database-state.service.js';
import { ShadowWork } from './shadow-work.service.js';

/** Goes on with shadow runs every five seconds, for as long as the database is there. */
@Injectable()
export class ShadowJob {
  constructor(
    private readonly work: ShadowWork,
    private readonly database: DatabaseState,
  ) {}

  @Interval(5_000)
  async tick(): Promise<void> {
    if (this.database.status === 'ready') await this.work.workAll();
  }
}
