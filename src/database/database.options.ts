import type { Duplex } from 'node:stream';
import type { DataSourceOptions } from 'typeorm';
import type { RedisOptions } from './redis.client.js';
import { endLateQueries, TimedClient } from './timed.client.js';

/** How TypeORM reaches a PostgreSQL. */
export type PostgresDataSourceOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** What the database module needs to know. */
export interface DatabaseOptions {
  /** The PostgreSQL to use, or null for the embedded database. */
  readonly url: string | null;
  /** Where the embedded database lives; `memory://` keeps nothing. */
  readonly dataDirectory: string;
  readonly redis?: RedisOptions;
  /** Connections to PostgreSQL. @default 10 */
  readonly poolSize?: number;
  /** How long to wait for a connection. @default 5000 */
  readonly connectionTimeoutMilliseconds?: number;
  /** How long a query may take before its connection is given up. @default 30000 */
  readonly queryTimeoutMilliseconds?: number;
  /** After how long without any answer to a writer a PostgreSQL counts as silent. @default 2000 */
  readonly silenceMilliseconds?: number;
  /** Where templates of the embedded database are kept. @default node_modules/.cache/assay, else a private temporary directory */
  readonly cacheDirectory?: string;
}

/** The token of the {@link DatabaseOptions}. */
export const DATABASE_OPTIONS = Symbol('DATABASE_OPTIONS');

/** How long to wait for a connection unless told otherwise. */
export const CONNECTION_TIMEOUT_MILLISECONDS = 5_000;
const QUERY_TIMEOUT_MILLISECONDS = 30_000;
const POOL_SIZE = 10;

/** How TypeORM connects: to the URL, or through `socket` to the embedded database, which takes one connection. */
export function dataSourceOptions(
  options: DatabaseOptions,
  socket: () => Duplex,
  onPoolError: (error: Error) => void,
): PostgresDataSourceOptions {
  const shared = {
    type: 'postgres',
    synchronize: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    applicationName: 'assay',
    connectTimeoutMS: options.connectionTimeoutMilliseconds ?? CONNECTION_TIMEOUT_MILLISECONDS,
    poolErrorHandler: onPoolError,
  } as const;
  const queryTimeout = options.queryTimeoutMilliseconds ?? QUERY_TIMEOUT_MILLISECONDS;
  const extra = { query_timeout: queryTimeout, Client: TimedClient };
  if (options.url !== null) {
    const poolSize = options.poolSize ?? POOL_SIZE;
    const onConnect = (client: TimedClient) => endLateQueries(client, queryTimeout + 1_000);
    return { ...shared, url: options.url, poolSize, extra: { ...extra, keepAlive: true, onConnect } };
  }
  const address = {
    host: 'embedded',
    port: 5432,
    username: 'postgres',
    password: 'postgres',
    database: 'postgres',
  };
  // `idleTimeoutMillis: 0`: the one connection stays, and with it the statements that the engine has planned.
  return {
    ...shared,
    ...address,
    ssl: false,
    poolSize: 1,
    extra: { ...extra, stream: socket, idleTimeoutMillis: 0 },
  };
}

/** One more connection for the migrations, which may take as long as they need. */
export function migrationDataSourceOptions(options: PostgresDataSourceOptions): PostgresDataSourceOptions {
  return {
    ...options,
    entities: [],
    poolSize: 1,
    applicationName: 'assay-migrations',
    extra: { keepAlive: true, Client: TimedClient },
  };
}
