import { setTimeout as delay } from 'node:timers/promises';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { ChangeFeed } from '../../database/change-feed.js';
import type { Change } from '../../database/change.js';
import { DatabaseState } from '../../database/database-state.service.js';
import { AssayError } from '../../operations/assay-error.js';
import { LiveReader, type LiveSink } from './live-reader.js';

/** For as long, what was sent last may be on its way. */
const graceMilliseconds = 200;
const beatMilliseconds = 1_000;
const mostReaders = 1_000;

/**
 * Tells whoever listens that the server is there, each second, and what has changed.
 *
 * - One timer and one subscription, however many listen; none while nobody does.
 * - Who may not read any longer, because the key was revoked or the session is over, is let go with the next beat.
 * - When the server stops, streams end before it waits for requests under way.
 */
@Injectable()
export class LiveService implements OnModuleInit, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(LiveService.name);
  private readonly readers = new Set<LiveReader>();
  private timer: NodeJS.Timeout | null = null;
  private unsubscribe: (() => void) | null = null;

  constructor(
    private readonly feed: ChangeFeed,
    private readonly database: DatabaseState,
  ) {}

  /** How many listen. */
  get size(): number {
    return this.readers.size;
  }

  onModuleInit(): void {
    this.unsubscribe = this.feed.subscribe((change) => this.tell(change));
  }

  onModuleDestroy(): void {
    this.unsubscribe?.();
    for (const reader of this.readers) reader.end();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.readers.size > 0) await delay(graceMilliseconds);
    for (const reader of this.readers) reader.cut();
  }

  /** @throws AssayError TOO_MANY_REQUESTS when as many listen as a server can bear */
  checkRoom(): void {
    if (this.readers.size < mostReaders) return;
    throw new AssayError(
      'TOO_MANY_REQUESTS',
      `${mostReaders} pages listen to this server already. Close some, or ask again later.`,
      [],
      { retryAfter: 10 },
    );
  }

  /** Tells this reader as well, until its answer closes. */
  add(sink: LiveSink, mayListen: () => void | Promise<void>): void {
    const reader = new LiveReader(sink, mayListen);
    this.readers.add(reader);
    sink.on('close', () => this.forget(reader));
    reader.beat(this.databaseNow());
    this.timer ??= setInterval(() => this.beat(), beatMilliseconds).unref();
  }

  private forget(reader: LiveReader): void {
    this.readers.delete(reader);
    if (this.readers.size > 0 || this.timer === null) return;
    clearInterval(this.timer);
    this.timer = null;
  }

  private beat(): void {
    const database = this.databaseNow();
    for (const reader of this.readers) {
      reader.beat(database);
      if (reader.isGone) this.forget(reader);
      else void this.check(reader);
    }
  }

  private async check(reader: LiveReader): Promise<void> {
    try {
      await reader.mayListen();
    } catch (error) {
      const isAway = error instanceof AssayError && error.code === 'DATABASE_UNAVAILABLE';
      if (!(error instanceof AssayError))
        this.logger.error('Whether a reader may listen is not known', error);
      if (!isAway) reader.end();
    }
  }

  private tell({ topic, key }: Change): void {
    for (const reader of this.readers) reader.change(topic === 'experiment' ? key : null);
  }

  private databaseNow() {
    return this.database.status === 'ready' ? 'ready' : 'away';
  }
}
