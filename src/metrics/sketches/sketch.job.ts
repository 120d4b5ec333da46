import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DatabaseState } from '../../database/database-state.service.js';
import { SketchService } from './sketch.service.js';

/** Keeps sketches small, however long an experiment runs. */
@Injectable()
export class SketchJob {
  private readonly logger = new Logger(SketchJob.name);

  constructor(
    private readonly sketches: SketchService,
    private readonly database: DatabaseState,
  ) {}

  @Interval(600_000)
  async tick(): Promise<void> {
    if (this.database.status !== 'ready') return;
    try {
      await this.sketches.fold();
    } catch (error) {
      this.logger.warn(
        'Matured sketches could not be folded; reports are right, and a little slower until the next attempt',
        error,
      );
    }
  }
}
