import { Logger } from '@nestjs/common';
import type { Cluster, Redis } from 'ioredis';
import type { RedisConnection } from '../redis.client.js';
import { LocalChangeFeed } from './change-feed.service.js';
import { resync, writeChange, type Change } from '../change.js';

const CHANNEL = 'assay:changes';

/**
 * Changes between processes through Redis, beside the database's own way: for where a pooler in front of PostgreSQL
 * cannot hold a LISTEN. Sent after the commit and only tried once; whoever polls finds what was lost.
 */
export class RedisChanges {
  private readonly logger = new Logger('RedisChanges');
  private subscriber: Redis | Cluster | null = null;

  constructor(
    private readonly connection: RedisConnection,
    private readonly feed: LocalChangeFeed,
  ) {}

  /** Begins to listen; never waits and never fails. */
  start(): void {
    const { client } = this.connection;
    if (client === null) return;
    const subscriber = client.duplicate();
    this.subscriber = subscriber;
    // The shared connection reports the same trouble; an 'error' without a listener would end the process.
    subscriber.on('error', () => undefined);
    subscriber.on('message', (_channel: string, text: string) => this.feed.receive(text));
    subscriber.on('ready', () => void this.listen(subscriber));
    void subscriber.connect().catch(() => undefined);
  }

  /** Sends the changes; they are committed already, so a failure is only reported. */
  async send(changes: readonly Change[]): Promise<void> {
    const { client } = this.connection;
    if (client === null || this.connection.state() === 'down') return;
    const sent = changes.map((change) => client.publish(CHANNEL, writeChange(change, this.feed.origin)));
    for (const result of await Promise.allSettled(sent)) {
      if (result.status === 'rejected') this.logger.warn(`A change was not sent: ${String(result.reason)}`);
    }
  }

  /** Ends the connection. */
  stop(): void {
    this.subscriber?.disconnect();
  }

  private async listen(subscriber: Redis | Cluster): Promise<void> {
    try {
      await subscriber.subscribe(CHANNEL);
      this.feed.deliver(resync);
    } catch (error) {
      this.logger.warn(`Not listening for changes: ${String(error)}`);
    }
  }
}
