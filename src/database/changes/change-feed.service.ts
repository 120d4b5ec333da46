import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { ChangeFeed, type ChangeListener } from '../change-feed.js';
import { readChange, type Change } from '../change.js';

/** The listeners of this process, and the door through which changes reach them. */
@Injectable()
export class LocalChangeFeed extends ChangeFeed {
  /** Marks what this process sends, so that it does not hear itself a second time. */
  readonly origin: string = randomUUID();
  private readonly logger = new Logger('ChangeFeed');
  private readonly listeners = new Set<{ readonly call: ChangeListener }>();

  subscribe(listener: ChangeListener): () => void {
    const entry = { call: listener };
    this.listeners.add(entry);
    return () => void this.listeners.delete(entry);
  }

  /** Tells every listener. */
  deliver(change: Change): void {
    for (const { call } of [...this.listeners]) {
      try {
        void Promise.resolve(call(change)).catch((error: unknown) => this.complain(change, error));
      } catch (error) {
        this.complain(change, error);
      }
    }
  }

  /** Tells every listener what another process sent; its own words and gibberish are dropped. */
  receive(text: string | undefined): void {
    const sent = text === undefined ? null : readChange(text);
    if (sent === null || sent.origin === this.origin) return;
    this.deliver({ topic: sent.topic, key: sent.key, version: sent.version });
  }

  private complain(change: Change, error: unknown): void {
    this.logger.error(`A listener failed on ${change.topic} "${change.key}".`, error);
  }
}
