import { Client } from 'pg';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedDatabase } from '../../src/database/embedded/embedded.service.js';
import { createScratchDatabase } from '../database/services.fixture.js';

/** The embedded engine asks for names and passwords, and takes any. */
const anyone = { user: 'postgres', password: 'postgres', database: 'postgres', ssl: false };

/** A database that outlives the processes on it: an embedded one in a directory, or a fresh one of DATABASE_URL's server. */
export interface Store {
  /** What a process needs in its environment to use it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Asks the database itself; on the embedded one, while no process has it open. */
  query<Row>(statement: string): Promise<Row[]>;
  /** The same for several statements, on one connection. */
  session<Found>(work: (client: Client) => Promise<Found>): Promise<Found>;
  drop(): Promise<void>;
}

export function freshStore(): Promise<Store> {
  return process.env['DATABASE_URL'] ? postgresStore() : embeddedStore();
}

export async function embeddedStore(): Promise<Store> {
  const directory = await mkdtemp(join(tmpdir(), 'assay-test-'));
  return storeOf({
    environment: { ASSAY_DATA_DIR: directory },
    async session(work) {
      const database = new EmbeddedDatabase({
        dataDirectory: directory,
        cacheDirectory: null,
        onFailure: (failure) => {
          throw failure;
        },
      });
      await database.open();
      try {
        return await connected(new Client({ ...anyone, stream: () => database.socket() }), work);
      } finally {
        await database.close();
      }
    },
    drop: () => rm(directory, { recursive: true, force: true }),
  });
}

async function postgresStore(): Promise<Store> {
  const fresh = await createScratchDatabase();
  const { url } = fresh;
  const redis = process.env['REDIS_URL'];
  return storeAt(url, { ...(redis ? { REDIS_URL: redis } : {}) }, () => fresh.drop());
}

/** A PostgreSQL database that is there already. */
export function storeAt(
  url: string,
  environment: Readonly<Record<string, string>>,
  drop: () => Promise<void>,
): Store {
  return storeOf({
    environment: { DATABASE_URL: url, ...environment },
    session: (work) => connected(new Client({ connectionString: url }), work),
    drop,
  });
}

function storeOf(store: Omit<Store, 'query'>): Store {
  return {
    ...store,
    query: <Row>(statement: string) =>
      store.session(async (client) => (await client.query(statement)).rows as Row[]),
  };
}

async function connected<Found>(client: Client, work: (client: Client) => Promise<Found>): Promise<Found> {
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
