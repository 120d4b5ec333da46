import { hostname } from 'node:os';
import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PropagationService } from './propagation.service.js';

/** Sends a probe every five seconds. */
@Injectable()
export class PropagationJob {
  private readonly logger = new Logger(PropagationJob.name);
  private probing = false;

  constructor(private readonly propagation: PropagationService) {}

  @Interval(5_000)
  async tick(): Promise<void> {
    // A database that answers nobody must not be asked more and more.
    if (this.probing) return;
    this.probing = true;
    try {
      await this.propagation.probe(hostname(), process.pid);
    } catch (error) {
      this.logger.debug('No probe was sent', error);
    } finally {
      this.probing = false;
    }
  }
}
