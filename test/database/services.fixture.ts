import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** The address of a service; a missing one is a failure, because a test that did not run proves nothing. */
export function serviceAddress(variable: 'DATABASE_URL' | 'REDIS_URL'): string {
  const address = process.env[variable];
  if (address === undefined || address === '')
    throw new Error(`Set ${variable}: these tests need the real service.`);
  return address;
}

/** An empty database of one suite on the real server. */
export interface ScratchDatabase {
  readonly url: string;
  /** A statement on the server, outside of the scratch database. */
  administer(statement: string): Promise<void>;
  drop(): Promise<void>;
}

/** Where DATABASE_URL names a server, a database of its own there; null = the embedded one is meant. */
export function scratchDatabaseIfAny(): Promise<ScratchDatabase> | null {
  return process.env['DATABASE_URL'] ? createScratchDatabase() : null;
}

/** Creates a database with a name of its own. */
export async function createScratchDatabase(): Promise<ScratchDatabase> {
  const server = serviceAddress('DATABASE_URL');
  const name = `assay_test_${randomBytes(6).toString('hex')}`;
  const administer = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await administer(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    administer,
    drop: () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** Resolves once the condition holds; fails after ten seconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Waited ten seconds in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
