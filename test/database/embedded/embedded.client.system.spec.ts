import type { Worker } from 'node:worker_threads';
import pg from 'pg';
import type { AssayError } from '../../../src/operations/assay-error.js';
import { EmbeddedClient } from '../../../src/database/embedded/embedded.client.js';
import { TemplateStore } from '../../../src/database/embedded/template.store.js';

const FOR_EVER = 'SELECT count(*) FROM generate_series(1, 100000000000)';

describe('the embedded database behind the pg driver', () => {
  let database: EmbeddedClient;
  let failures: AssayError[];

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({
      stream: () => database.socket(),
      ssl: false,
      user: 'postgres',
      database: 'postgres',
    });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };

  beforeEach(async () => {
    failures = [];
    database = new EmbeddedClient((failure) => failures.push(failure));
    await database.start(null, await (await TemplateStore.open(null)).find());
  }, 60_000);
  afterEach(() => database.close());

  it('speaks the types and the error codes of PostgreSQL', async () => {
    const client = await connect();
    const { rows } = await client.query('SELECT $1::bigint AS big, $2::jsonb AS json, $3::text[] AS list', [
      '9007199254740993',
      { a: 1 },
      ['x', 'é\n'],
    ]);
    expect(rows).toEqual([{ big: '9007199254740993', json: { a: 1 }, list: ['x', 'é\n'] }]);
    await expect(client.query('SELECT 1/$1::int', [0])).rejects.toMatchObject({ code: '22012' });
    expect((await client.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
    await client.end();
  });

  it('carries a megabyte in one value, both ways', async () => {
    const client = await connect();
    const text = 'ä'.repeat(1_000_000);
    expect((await client.query<{ t: string }>('SELECT $1::text AS t', [text])).rows[0]?.t).toBe(text);
    await client.end();
  });

  it.each(['ends politely', 'is cut'])('rolls back what a connection left open when it %s', async (way) => {
    const client = await connect();
    await client.query('CREATE TABLE kept (id int)');
    await client.query('BEGIN');
    await client.query('INSERT INTO kept VALUES (1)');
    if (way === 'is cut') {
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      await new Promise((resolve) => client.once('end', resolve));
    } else await client.end();
    const next = await connect();
    expect((await next.query('SELECT * FROM kept')).rows).toEqual([]);
    await next.end();
  });

  it('fails the running query at once and refuses every later one when its thread dies', async () => {
    const client = await connect();
    const running = client.query(FOR_EVER);
    const worker = (database as unknown as { worker: Worker }).worker;
    setImmediate(() => void worker.terminate());
    await expect(running).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await expect(client.query('SELECT 1')).rejects.toThrow('not queryable');
    await expect(connect()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(failures).toHaveLength(1);
  });

  it('refuses connections after it was closed, and closing twice is closing once', async () => {
    await database.close();
    await database.close();
    await expect(connect()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(failures).toEqual([]);
  });
});
