import { Client } from 'pg';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChildServer } from '../e2e/child-server.fixture.js';
import { bundledServer } from './bundled-server.fixture.js';
import { report, roundsOf } from './fault-table.fixture.js';
import { PostgresCluster } from './postgres-cluster.fixture.js';

const minutes = 60_000;
const kills = roundsOf(100);
/** Reads for each kill that a hundred thousand of them allow. */
const reads = 1_000 * kills;

const definition = {
  control: 'a',
  variants: [{ key: 'a' }, { key: 'b' }],
  metrics: { primary: 'latency_ms', window: 'PT1H' },
  guardrails: [],
};

/** PostgreSQL finds this one before its own: whoever announces a change is believed, and nobody hears of it. */
const silence = `CREATE SCHEMA silent;
  CREATE FUNCTION silent.pg_notify(text, text) RETURNS void LANGUAGE sql AS '';`;

describe('a kill on one of three servers', () => {
  let cluster: PostgresCluster;
  let directory: string;
  let servers: ChildServer[] = [];
  beforeAll(async () => {
    cluster = await PostgresCluster.create();
    directory = await mkdtemp(join(tmpdir(), 'assay-faults-kill-'));
  }, minutes);
  afterEach(async () => {
    await Promise.all(servers.map((server) => server.kill('SIGKILL')));
  });
  afterAll(async () => {
    await cluster.close();
    await rm(directory, { recursive: true, force: true });
  });

  async function startServers(DATABASE_URL: string): Promise<void> {
    const program = await bundledServer();
    const at = (number: number) => ({ DATABASE_URL, ASSAY_DATA_DIR: join(directory, `${number}`) });
    servers = await Promise.all([1, 2, 3].map((number) => ChildServer.start(at(number), { program })));
  }

  const post = async (path: string, body: object = {}) => {
    const { status, body: answer } = await servers[0]!.call('POST', `/v1/${path}`, body);
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
  };
  const read = async (server: ChildServer, key: string) =>
    (await server.call('GET', `/v1/assignments?experiment=${key}&unit=anyone`)).body as {
      reason: string;
      version: number;
    };
  const begin = async (key: string) => {
    await post('experiments', { ...definition, key });
    await post(`experiments/${key}/start`);
    for (const server of servers) while ((await read(server, key)).reason !== 'split');
  };

  /** Milliseconds from the kill's answer until each of the other servers refuses. */
  async function killed(key: string): Promise<number[]> {
    await begin(key);
    let killedAt = Infinity;
    const refusals = servers.slice(1).map(async (server) => {
      while ((await read(server, key)).reason !== 'killed');
      return performance.now();
    });
    await post(`experiments/${key}/kill`, { reason: 'fire' });
    killedAt = performance.now();
    return (await Promise.all(refusals)).map((time) => Math.max(0, time - killedAt));
  }

  async function suffer(fault: string, rounds: number, barMilliseconds: number): Promise<void> {
    const late: number[] = [];
    for (let round = 0; round < rounds; round += 1) late.push(...(await killed(`kill-${round}`)));
    late.sort((a, b) => a - b);
    const at = (level: number) => late[Math.ceil(level * late.length) - 1] ?? NaN;
    const row = (figure: string, value: number, bar: string) => ({
      fault,
      figure,
      value: Math.round(value),
      bar,
    });
    await report([
      row('kills', rounds, ''),
      row('until refused, median ms', at(0.5), ''),
      row('until refused, p99 ms', at(0.99), `≤ ${barMilliseconds}`),
    ]);
    expect(at(0.99)).toBeLessThanOrEqual(barMilliseconds);
  }

  it(
    'reaches the others at once when it is pushed',
    async () => {
      await startServers(await cluster.database());
      await suffer('a kill, pushed', kills, 100);
    },
    10 * minutes,
  );

  it(
    'reaches the others by the next poll when no message comes through',
    async () => {
      const url = await cluster.database();
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.query(silence);
      await client.query(
        `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET search_path = silent, pg_catalog, public`,
      );
      await client.end();
      await startServers(url);
      await suffer('a kill that no message tells of', Math.ceil(kills / 4), 1_500);
    },
    10 * minutes,
  );

  it(
    'is never followed by an older version, however much is read while weights change',
    async () => {
      await startServers(await cluster.database());
      await begin('versions');
      let done = 0;
      let regressions = 0;
      const readers = servers.flatMap((server) =>
        Array.from({ length: 4 }, async () => {
          for (let last = 0; done < reads; done += 1) {
            const { version } = await read(server, 'versions');
            if (version < last) regressions += 1;
            last = version;
          }
        }),
      );
      let changes = 0;
      for (; done < reads; changes += 1) {
        const weights = { a: 1 + (changes % 7), b: 3 };
        await servers[changes % 3]!.call('PUT', '/v1/experiments/versions/allocation', {
          mode: 'fixed',
          weights,
        });
      }
      await Promise.all(readers);
      const row = (figure: string, value: number, bar: string) => ({
        fault: 'weights change',
        figure,
        value,
        bar,
      });
      await report([
        row('changes', changes, ''),
        row('reads', done, ''),
        row('older than one read before', regressions, '0'),
      ]);
      expect(regressions).toBe(0);
    },
    10 * minutes,
  );
});
