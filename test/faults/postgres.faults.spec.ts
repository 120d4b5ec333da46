import { mkdtemp, rm } from 'node:fs/promises';
import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { TcpProxy } from '../database/tcp-proxy.fixture.js';
import { storeAt } from '../e2e/crash-store.fixture.js';
import { FaultScene } from './fault-scene.fixture.js';
import { roundsOf } from './fault-table.fixture.js';
import { PostgresCluster } from './postgres-cluster.fixture.js';

const minutes = 60_000;
const kills = roundsOf(20);
const restarts = roundsOf(5);
/** While nobody answers, an outcome is on disk and an assignment answered within this time. */
const patienceMilliseconds = 3_000;
/** From the end of the fault until nothing waits on disk any more. */
const recoveryMilliseconds = 30_000;

describe('a PostgreSQL that fails under load', () => {
  let cluster: PostgresCluster;
  let directory: string;
  let proxy: TcpProxy;
  let scene: FaultScene;
  beforeAll(async () => {
    cluster = await PostgresCluster.create({ max_connections: '30' });
  }, minutes);
  afterAll(() => cluster.close());
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'assay-faults-data-'));
    proxy = await TcpProxy.to(await cluster.database());
    scene = await FaultScene.open(storeAt(proxy.url, { ASSAY_DATA_DIR: directory }, () => proxy.cut()));
  }, minutes);
  afterEach(async () => {
    await scene.close();
    await rm(directory, { recursive: true, force: true });
  });

  const seconds = (milliseconds: number) => (milliseconds / 1_000).toFixed(1);

  /** Under load: a while in peace, the fault, a while in peace; how slow answers were meanwhile, and how long it took to recover. */
  async function suffer(fault: string, work: () => Promise<void>, bars = true): Promise<void> {
    let recovered = 0;
    await scene.underLoad(async () => {
      await delay(1_000);
      scene.client.timeAfresh();
      await work();
      recovered = await scene.recovered();
    });
    const { outcomes, assignment } = scene.client.slowest;
    await scene.settle(fault, [
      { figure: 'slowest outcomes, seconds', value: seconds(outcomes), bar: bars ? '< 3' : '' },
      { figure: 'slowest assignment, seconds', value: seconds(assignment), bar: '< 3' },
      { figure: 'recovered after, seconds', value: seconds(recovered), bar: '< 30' },
    ]);
    if (bars) expect(outcomes).toBeLessThan(patienceMilliseconds);
    expect(assignment).toBeLessThan(patienceMilliseconds);
    expect(recovered).toBeLessThan(recoveryMilliseconds);
  }

  it(
    'is killed, and comes back',
    () =>
      suffer(`kill -9 of PostgreSQL, ${kills} times`, async () => {
        for (let round = 0; round < kills; round += 1) {
          await delay(randomInt(200, 1_000));
          await cluster.kill();
          await delay(randomInt(0, 500));
          await cluster.start();
        }
      }),
    10 * minutes,
  );

  it(
    'is frozen, and goes on',
    () =>
      suffer('PostgreSQL frozen for 15 seconds', async () => {
        await cluster.freeze();
        await delay(15_000);
        await cluster.thaw();
      }),
    3 * minutes,
  );

  it(
    'is behind a network that swallows everything, and whose old connections never come back',
    () =>
      suffer('network silent for 12 seconds', async () => {
        proxy.silence();
        await delay(12_000);
        await proxy.cut();
        await proxy.restore();
      }),
    3 * minutes,
  );

  it(
    'answers everything two seconds late',
    () =>
      suffer('PostgreSQL two seconds late, for 20 seconds', async () => {
        proxy.slow(2_000);
        await delay(20_000);
        proxy.slow(0);
      }),
    3 * minutes,
  );

  it(
    'ends every connection every 100 ms',
    () =>
      suffer('connections ended every 100 ms, for 10 seconds', async () => {
        for (const end = Date.now() + 10_000; Date.now() < end; await delay(100)) {
          await cluster.ask(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'assay%'`,
          );
        }
      }),
    3 * minutes,
  );

  it(
    'is restarted',
    () =>
      suffer(`PostgreSQL restarted ${restarts} times`, async () => {
        for (let round = 0; round < restarts; round += 1) {
          await cluster.restart();
          await delay(1_000);
        }
      }),
    3 * minutes,
  );

  it(
    'has no connection left',
    () =>
      suffer('no connection left, for 8 seconds', async () => {
        const before = scene.client.deferred;
        const others: Client[] = [];
        const takeAll = async () => {
          for (;;) {
            const client = new Client({ connectionString: cluster.url() });
            client.on('error', () => undefined);
            const taken = await client.connect().then(
              () => true,
              () => false,
            );
            if (!taken) return;
            others.push(client);
          }
        };
        await takeAll();
        for (const end = Date.now() + 8_000; Date.now() < end; await delay(100)) {
          await others[0]?.query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'assay%'`,
          );
          await takeAll();
        }
        await Promise.all(others.map(async (client) => client.end()));
        expect(scene.client.deferred).toBeGreaterThan(before);
      }),
    3 * minutes,
  );

  it(
    'is locked by somebody else, until the pool is used up',
    () =>
      suffer('tables locked for 8 seconds', async () => {
        await scene.store.session(async (client) => {
          await client.query('BEGIN; LOCK TABLE exposure, outcome, unit_total IN ACCESS EXCLUSIVE MODE');
          await delay(8_000);
          await client.query('COMMIT');
        });
      }),
    3 * minutes,
  );
});
