import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TcpProxy } from '../database/tcp-proxy.fixture.js';
import { ChildServer } from '../e2e/child-server.fixture.js';
import { until } from '../e2e/crash-client.fixture.js';
import { storeAt } from '../e2e/crash-store.fixture.js';
import { bundledServer, stopPointPreload } from './bundled-server.fixture.js';
import { FaultScene } from './fault-scene.fixture.js';
import { report } from './fault-table.fixture.js';
import { PostgresCluster } from './postgres-cluster.fixture.js';

const minutes = 60_000;
/** More than one batch of the drain, and more than one file of the spool. */
const spooled = 2_500;

/** Where a server ends while users are under way, and at which time that it gets there. */
const underLoad: readonly (readonly [point: string, time: number])[] = [
  ['outcomes: before COMMIT is sent', 5],
  ['outcomes: after COMMIT is sent', 5],
  ['outcomes: after the commit, before the answer', 5],
  ['exposures: before COMMIT is sent', 3],
  ['exposures: after COMMIT is sent', 3],
  ['exposures: after the commit, before the answer', 3],
];
const whileSpooling: readonly (readonly [point: string, time: number])[] = [
  ['spool: during the append', 4],
  ['spool: before the sync', 4],
  ['spool: after the sync, before the answer', 4],
];
/** On the way from disk to database: within a file, and between the last commit of a file and its end. */
const whileDraining: readonly (readonly [point: string, time: number])[] = [
  ['outcomes: before COMMIT is sent', 1],
  ['outcomes: after COMMIT is sent', 1],
  ['outcomes: after the commit, before the answer', 1],
  ['drain: after the commit, before the file is deleted', 1],
];
const whileMigrating: readonly (readonly [point: string, time: number])[] = [
  ['migration: between two statements', 1],
  ['migration: before COMMIT is sent', 1],
  ['migration: after COMMIT is sent', 1],
  ['migration: before COMMIT is sent', 2],
];

describe('a server killed at a point with a name', () => {
  let cluster: PostgresCluster;
  let directory: string;
  let proxy: TcpProxy;
  let scene: FaultScene;
  let preload: string;
  const hit: string[] = [];

  beforeAll(async () => {
    cluster = await PostgresCluster.create();
    directory = await mkdtemp(join(tmpdir(), 'assay-faults-data-'));
    proxy = await TcpProxy.to(await cluster.database());
    preload = await stopPointPreload();
    const store = storeAt(proxy.url, { ASSAY_DATA_DIR: directory }, () => proxy.cut());
    scene = await FaultScene.open(store);
  }, minutes);
  afterAll(async () => {
    await scene.close();
    await cluster.close();
    await rm(directory, { recursive: true, force: true });
  });

  const stopping = (point: string, time: number) => ({
    NODE_OPTIONS: `--import=${preload}`,
    STOP_POINT: point,
    STOP_POINT_AT: `${time}`,
    STOP_POINT_MARK: join(directory, 'reached'),
  });

  /** It ended by the signal that the point sends itself, at that point. */
  async function expectStopped(point: string, stage: string): Promise<void> {
    expect(await scene.server.ended).toEqual({ code: null, signal: 'SIGKILL' });
    expect(await readFile(join(directory, 'reached'), 'utf8')).toBe(point);
    await rm(join(directory, 'reached'));
    hit.push(`${stage}: ${point}`);
  }

  it.each(underLoad)(
    'under load, %s',
    async (point, time) => {
      await scene.underLoad(async () => {
        await scene.end();
        await scene.again(stopping(point, time));
        await expectStopped(point, 'load');
        await scene.again();
      });
    },
    minutes,
  );

  it.each(whileSpooling)(
    'while the database is away, %s',
    async (point, time) => {
      await scene.underLoad(async () => {
        await scene.end();
        await scene.again(stopping(point, time));
        await proxy.cut();
        await expectStopped(point, 'spool');
        await proxy.restore();
        await scene.again();
        await scene.recovered();
      });
    },
    2 * minutes,
  );

  it.each(whileDraining)(
    'while the spool is drained, %s',
    async (point, time) => {
      const before = scene.client.deferred;
      await scene.underLoad(async () => {
        await proxy.cut();
        await until(
          () => Promise.resolve(scene.client.deferred - before),
          (count) => count >= spooled,
        );
        await scene.end();
        await proxy.restore();
        // It may end before it is ever ready.
        await scene.again(stopping(point, time)).catch(() => undefined);
        await expectStopped(point, 'drain');
        await scene.again();
        await scene.recovered();
      });
    },
    2 * minutes,
  );

  it(
    'has lost nothing and counted nothing twice at any of them',
    async () => {
      const bar = underLoad.length + whileSpooling.length + whileDraining.length;
      expect(hit).toHaveLength(bar);
      await scene.settle('kill -9 at each stop point', [
        { figure: 'stop points hit', value: hit.length, bar: `${bar}` },
      ]);
    },
    2 * minutes,
  );

  it(
    'begins a database that an earlier start had begun',
    async () => {
      for (const [point, time] of whileMigrating) {
        const environment = { DATABASE_URL: await cluster.database(), ASSAY_SPOOL_DIR: '' };
        const program = await bundledServer();
        const first = await ChildServer.spawn({ ...environment, ...stopping(point, time) }, { program });
        expect(await first.ended).toEqual({ code: null, signal: 'SIGKILL' });
        expect(await readFile(join(directory, 'reached'), 'utf8')).toBe(point);
        const second = await ChildServer.start(environment, { program });
        expect((await second.call('GET', '/v1/experiments')).body.experiments).not.toEqual([]);
        await second.kill();
      }
      const value = whileMigrating.length;
      await report([
        { fault: 'kill -9 during the migrations', figure: 'started again', value, bar: `${value}` },
      ]);
    },
    2 * minutes,
  );
});
