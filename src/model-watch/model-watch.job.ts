import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DatabaseState } from '../database/database-state.service.js';
import { ModelWatch } from './model-watch.service.js';

/** Looks every ten seconds who answers to the models' names. */
@Injectable()
export class ModelWatchJob {
  private readonly logger = new Logger(ModelWatchJob.name);
  private isBusy = false;

  constructor(
    private readonly watch: ModelWatch,
    private readonly database: DatabaseState,
  ) {}

  @Interval(10_000)
  async tick(): Promise<void> {
    if (this.isBusy || this.database.status !== 'ready') return;
    this.isBusy = true;
    try {
      await this.watch.lookAtAll();
    } catch (error) {
      this.logger.warn(
        'Who answers to the models’ names could not be read; the next look tries again',
        error,
      );
    } finally {
      this.isBusy = false;
    }
  }
}
