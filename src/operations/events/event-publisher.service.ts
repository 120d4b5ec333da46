import { Injectable, Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { isDryRun } from '../dry-run/dry-run.js';
import type { AssayEventName } from './assay-events.js';

/** Tells the application what was committed. A listener that throws or rejects is logged and harms nothing. */
@Injectable()
export class EventPublisher {
  private readonly logger = new Logger('Events');

  constructor(private readonly events: EventEmitter2) {}

  publish(name: AssayEventName, payload: object): void {
    if (isDryRun()) return;
    for (const listener of this.events.listeners(name)) {
      try {
        void Promise.resolve(listener(payload)).catch((error: unknown) => this.complain(name, error));
      } catch (error) {
        this.complain(name, error);
      }
    }
  }

  private complain(name: AssayEventName, error: unknown): void {
    this.logger.error(`A listener of ${name} failed`, error);
  }
}
