import {
  Logger,
  Module,
  type DynamicModule,
  type FactoryProvider,
  type ModuleMetadata,
  type Provider,
} from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChangeChannels } from './changes/change-channels.service.js';
import { ChangeFeed } from './change-feed.js';
import { LocalChangeFeed } from './changes/change-feed.service.js';
import { assayDataSource } from '../operations/data-source-name.js';
import { DatabaseConnector } from './database.connector.js';
import { DATABASE_OPTIONS, dataSourceOptions, type DatabaseOptions } from './database.options.js';
import { DryRunDataSource } from './dry-run/dry-run.connector.js';
import { DryRuns } from './dry-run/dry-runs.service.js';
import { DatabaseSilence } from './database-silence.service.js';
import { DatabaseState } from './database-state.service.js';
import { EmbeddedDatabase } from './embedded/embedded.service.js';
import { RedisConnection } from './redis.client.js';
import { Transactions } from './transactions.service.js';

/** Where the options come from when they are not known yet. */
export interface DatabaseAsyncOptions {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: FactoryProvider['inject'];
  readonly useFactory: (...dependencies: never[]) => DatabaseOptions | Promise<DatabaseOptions>;
}

/** What must exist before the DataSource: its options, its state and the embedded database behind it. */
@Module({})
class DatabaseGround {}

const embedded: FactoryProvider<EmbeddedDatabase> = {
  provide: EmbeddedDatabase,
  inject: [DATABASE_OPTIONS, DatabaseState],
  useFactory: ({ dataDirectory, cacheDirectory }: DatabaseOptions, state: DatabaseState) =>
    new EmbeddedDatabase({
      dataDirectory,
      cacheDirectory: cacheDirectory ?? null,
      onFailure: (failure) => {
        new Logger('Database').error(failure.message);
        state.unavailable(failure.message);
      },
    }),
};

/** Opened while the application is being built, so that every `onModuleInit` finds a database if there is one. */
const OPENED = Symbol('OPENED');
const opened: FactoryProvider<boolean> = {
  provide: OPENED,
  inject: [DatabaseConnector],
  useFactory: async (connector: DatabaseConnector) => {
    await connector.open();
    return true;
  },
};

/**
 * The database of the application: PostgreSQL by its URL, otherwise an embedded one, with the same SQL on both.
 * Global: any module may inject the data source `@InjectDataSource(assayDataSource)`, {@link Transactions}, {@link ChangeFeed}, {@link DatabaseState}
 * and {@link RedisConnection}, and register its entities with `TypeOrmModule.forFeature`.
 */
@Module({})
export class DatabaseModule {
  /** @example DatabaseModule.forRoot({ url: null, dataDirectory: './data' }) */
  static forRoot(options: DatabaseOptions): DynamicModule {
    return this.forRootAsync({ useFactory: () => options });
  }

  /** @example DatabaseModule.forRootAsync({ inject: [CONFIGURATION], useFactory: (configuration) => configuration.database }) */
  static forRootAsync({ imports = [], inject = [], useFactory }: DatabaseAsyncOptions): DynamicModule {
    const options: Provider = { provide: DATABASE_OPTIONS, inject, useFactory };
    const ground: DynamicModule = {
      module: DatabaseGround,
      imports,
      providers: [options, DatabaseState, embedded],
      exports: [DATABASE_OPTIONS, DatabaseState, EmbeddedDatabase],
    };
    const redis: FactoryProvider<RedisConnection> = {
      provide: RedisConnection,
      inject: [DATABASE_OPTIONS],
      useFactory: (given: DatabaseOptions) => new RedisConnection(given.redis),
    };
    return {
      module: DatabaseModule,
      global: true,
      imports: [ground, typeOrm(ground)],
      providers: [
        redis,
        LocalChangeFeed,
        { provide: ChangeFeed, useExisting: LocalChangeFeed },
        ChangeChannels,
        DatabaseSilence,
        Transactions,
        DryRuns,
        DatabaseConnector,
        opened,
      ],
      exports: [ground, TypeOrmModule, DatabaseSilence, Transactions, DryRuns, ChangeFeed, RedisConnection],
    };
  }
}

function typeOrm(ground: DynamicModule): DynamicModule {
  return TypeOrmModule.forRootAsync({
    name: assayDataSource,
    imports: [ground],
    inject: [DATABASE_OPTIONS, EmbeddedDatabase],
    useFactory: (options: DatabaseOptions, database: EmbeddedDatabase) => {
      const logger = new Logger('Database');
      const onPoolError = (error: Error): void =>
        logger.warn(`A pooled connection was lost: ${error.message}`);
      return {
        ...dataSourceOptions(options, () => database.socket(), onPoolError),
        name: assayDataSource,
        autoLoadEntities: true,
        manualInitialization: true,
      };
    },
    dataSourceFactory: (options) => {
      if (options === undefined) throw new Error('The DataSource has no options.');
      return Promise.resolve(new DryRunDataSource(options));
    },
  });
}
