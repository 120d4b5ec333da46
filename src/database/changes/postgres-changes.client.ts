import { Logger } from '@nestjs/common';
import pg from 'pg';
import type { EntityManager } from 'typeorm';
import { LocalChangeFeed } from './change-feed.service.js';
import { resync, writeChange, type Change } from '../change.js';
import { retryDelay } from '../retry-delay.js';

const CHANNEL = 'assay_changes';
const HEARTBEAT_MILLISECONDS = 5_000;

/** What the listening connection tells about itself. */
export interface ConnectionWatcher {
  connected(): void;
  lost(reason: string): void;
}

/**
 * Changes between processes through PostgreSQL's LISTEN and NOTIFY.
 *
 * - A notification is part of the transaction: rolled back with it, delivered at its commit.
 * - Notifications sent while nobody listened are gone, so every (re)connection tells `resync`.
 * - The connection is probed, so a server that has gone silent is noticed as well as one that has gone.
 */
export class PostgresChanges {
  private readonly logger = new Logger('PostgresChanges');
  private client: pg.Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private failures = 0;
  private stopped = false;

  constructor(
    private readonly url: string,
    private readonly connectionTimeoutMilliseconds: number,
    private readonly feed: LocalChangeFeed,
    private readonly watcher: ConnectionWatcher,
  ) {}

  /** Sends the changes with the transaction of this manager. */
  async send(manager: EntityManager, changes: readonly Change[]): Promise<void> {
    const texts = changes.map((change) => writeChange(change, this.feed.origin));
    await manager.query('SELECT pg_notify($1, text) FROM unnest($2::text[]) AS text', [CHANNEL, texts]);
  }

  /** Begins to listen, and goes on through any number of lost connections until {@link stop}. */
  async start(): Promise<void> {
    if (this.stopped) return;
    const client = this.newClient();
    this.client = client;
    let over = false;
    const lose = (error: Error): void => {
      if (over) return;
      over = true;
      clearTimeout(this.timer ?? undefined);
      this.lost(error);
      void client.end().catch(() => undefined);
    };
    client.on('error', lose);
    client.on('end', () => lose(new Error('the server closed the connection')));
    client.on('notification', ({ payload }) => this.feed.receive(payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      lose(error as Error);
      return;
    }
    if (this.stopped || over) return;
    this.failures = 0;
    this.watcher.connected();
    this.feed.deliver(resync);
    this.beat(client, lose);
  }

  /** Ends the connection. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer ?? undefined);
    await this.client?.end().catch(() => undefined);
  }

  private newClient(): pg.Client {
    return new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: this.connectionTimeoutMilliseconds,
      query_timeout: this.connectionTimeoutMilliseconds,
      keepAlive: true,
      application_name: 'assay-changes',
    });
  }

  private beat(client: pg.Client, lose: (error: Error) => void): void {
    this.timer = setTimeout(() => {
      client.query('SELECT 1').then(() => {
        if (!this.stopped && this.client === client) this.beat(client, lose);
      }, lose);
    }, HEARTBEAT_MILLISECONDS);
    this.timer.unref();
  }

  private lost(error: Error): void {
    if (this.stopped) return;
    this.logger.warn(`Not listening for changes: ${error.message}. Trying again.`);
    this.watcher.lost(error.message);
    this.failures += 1;
    this.timer = setTimeout(() => void this.start(), retryDelay(this.failures, Math.random()));
  }
}
