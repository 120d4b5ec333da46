import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  DATABASE_OPTIONS,
  CONNECTION_TIMEOUT_MILLISECONDS,
  type DatabaseOptions,
} from '../database.options.js';
import { DatabaseState } from '../database-state.service.js';
import { RedisConnection } from '../redis.client.js';
import { LocalChangeFeed } from './change-feed.service.js';
import type { Change } from '../change.js';
import { PostgresChanges } from './postgres-changes.client.js';
import { RedisChanges } from './redis-changes.client.js';

/** The ways by which changes travel between processes: none on the embedded database, which has one process. */
@Injectable()
export class ChangeChannels {
  private readonly postgres: PostgresChanges | null;
  private readonly redis: RedisChanges;

  constructor(
    @Inject(DATABASE_OPTIONS) options: DatabaseOptions,
    feed: LocalChangeFeed,
    redis: RedisConnection,
    state: DatabaseState,
  ) {
    const timeout = options.connectionTimeoutMilliseconds ?? CONNECTION_TIMEOUT_MILLISECONDS;
    const watcher = { connected: () => state.ready(), lost: (reason: string) => state.unavailable(reason) };
    this.postgres = options.url === null ? null : new PostgresChanges(options.url, timeout, feed, watcher);
    this.redis = new RedisChanges(redis, feed);
  }

  /** Sends what goes with the transaction itself. */
  async sendWith(manager: EntityManager, changes: readonly Change[]): Promise<void> {
    await this.postgres?.send(manager, changes);
  }

  /** Sends what can only go after the commit; the writer does not wait for it. */
  sendAfterCommit(changes: readonly Change[]): void {
    void this.redis.send(changes);
  }

  /** Begins to listen to the database, which must be ready. */
  async listen(): Promise<void> {
    await this.postgres?.start();
  }

  /** Begins to listen to Redis, which may be away. */
  listenToRedis(): void {
    this.redis.start();
  }

  /** Ends every connection of this class. */
  async stop(): Promise<void> {
    this.redis.stop();
    await this.postgres?.stop();
  }
}
