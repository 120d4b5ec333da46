import { Injectable, Inject, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ChangeChannels } from './changes/change-channels.service.js';
import {
  DATABASE_OPTIONS,
  migrationDataSourceOptions,
  type DatabaseOptions,
  type PostgresDataSourceOptions,
} from './database.options.js';
import { DatabaseState } from './database-state.service.js';
import { EmbeddedDatabase } from './embedded/embedded.service.js';
import { applyMigrations } from './migration.runner.js';
import { migrations } from './migrations/all.migration.js';
import { RedisConnection } from './redis.client.js';
import { retryDelay } from './retry-delay.js';
import { InjectDataSource } from '@nestjs/typeorm';
import { assayDataSource } from '../operations/data-source-name.js';

/** How long the application waits for a PostgreSQL before it starts without it. */
const PATIENCE_MILLISECONDS = 5_000;

/**
 * Opens the database and closes it.
 *
 * - The embedded database is open, with its migrations applied, before the application starts, or the start fails.
 * - A PostgreSQL that is away does not stop the application: it starts, says so, and goes on trying.
 * - On shutdown the pool is closed before the database behind it, after every other module has written its last.
 */
@Injectable()
export class DatabaseConnector implements OnApplicationShutdown {
  private readonly logger = new Logger('Database');
  private retry: NodeJS.Timeout | null = null;
  private connecting: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    @Inject(DATABASE_OPTIONS) private readonly options: DatabaseOptions,
    @InjectDataSource(assayDataSource) private readonly dataSource: DataSource,
    private readonly embedded: EmbeddedDatabase,
    private readonly state: DatabaseState,
    private readonly channels: ChangeChannels,
    private readonly redis: RedisConnection,
  ) {}

  /** Opens what is configured. @throws AssayError DIRECTORY_IN_USE */
  async open(): Promise<void> {
    this.redis.start();
    this.channels.listenToRedis();
    if (this.options.url === null) return this.openEmbedded();
    this.connecting = this.connect(1);
    await this.atMost(PATIENCE_MILLISECONDS, this.connecting);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.retry ?? undefined);
    await this.connecting;
    await this.channels.stop();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
    await this.embedded.close();
    this.redis.close();
    this.state.unavailable('it has been closed');
  }

  private async openEmbedded(): Promise<void> {
    await this.embedded.open();
    try {
      await this.dataSource.initialize();
      this.state.migrating();
      await applyMigrations(this.dataSource, migrations);
      await this.embedded.migrated();
    } catch (error) {
      if (this.dataSource.isInitialized) await this.dataSource.destroy();
      await this.embedded.close();
      throw error;
    }
    this.state.ready();
  }

  private async connect(attempt: number): Promise<void> {
    try {
      await this.migrate();
      if (this.closed) return;
      if (!this.dataSource.isInitialized) await this.dataSource.initialize();
      await this.channels.listen();
      if (this.state.status === 'ready') this.logger.log('PostgreSQL is ready.');
    } catch (error) {
      const reason = error instanceof Error ? error.message || error.name : String(error);
      this.state.unavailable(reason);
      this.logger.error(`PostgreSQL (DATABASE_URL) cannot be used: ${reason}. Trying again.`);
      if (this.closed) return;
      this.retry = setTimeout(
        () => {
          this.connecting = this.connect(attempt + 1);
        },
        retryDelay(attempt, Math.random()),
      );
    }
  }

  private async migrate(): Promise<void> {
    const options = this.dataSource.options as PostgresDataSourceOptions;
    const dataSource = new DataSource(migrationDataSourceOptions(options));
    await dataSource.initialize();
    try {
      this.state.migrating();
      const applied = await applyMigrations(dataSource, migrations);
      if (applied.length > 0) this.logger.log(`Migrations applied: ${applied.join(', ')}.`);
    } finally {
      await dataSource.destroy();
    }
  }

  private async atMost(milliseconds: number, work: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
    await Promise.race([work, patience]).finally(() => clearTimeout(timer));
  }
}
