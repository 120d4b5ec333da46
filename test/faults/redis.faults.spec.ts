import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TcpProxy } from '../database/tcp-proxy.fixture.js';
import { storeAt } from '../e2e/crash-store.fixture.js';
import { closeScenes, FaultScene } from './fault-scene.fixture.js';
import { PostgresCluster } from './postgres-cluster.fixture.js';
import { RedisServer } from './redis-server.fixture.js';

const minutes = 60_000;
const faultMilliseconds = 6_000;
const patienceMilliseconds = 3_000;

describe('a Redis that fails under load, with weights that move', () => {
  let cluster: PostgresCluster;
  let redis: RedisServer;
  let proxy: TcpProxy;
  let directory: string;
  beforeAll(async () => {
    cluster = await PostgresCluster.create();
  }, minutes);
  afterAll(() => cluster.close());
  beforeEach(async () => {
    redis = await RedisServer.create();
    proxy = await TcpProxy.to(redis.url);
    directory = await mkdtemp(join(tmpdir(), 'assay-faults-data-'));
  });
  afterEach(closeScenes);
  afterEach(async () => {
    await proxy.cut();
    await redis.close();
    await rm(directory, { recursive: true, force: true });
  });

  /** Slots change hands during the fault, so that units' first variants have to be looked up. */
  async function suffer(fault: string, begin: () => Promise<void>, end: () => Promise<void>): Promise<void> {
    const environment = { ASSAY_DATA_DIR: directory, REDIS_URL: proxy.url };
    const scene = await FaultScene.open(
      storeAt(await cluster.database(), environment, () => Promise.resolve()),
    );
    await scene.underLoad(async () => {
      await delay(1_000);
      await begin();
      for (const a of [0.2, 0.7, 0.4]) {
        await scene.weigh({ a, b: 1 - a });
        await delay(faultMilliseconds / 3);
      }
      await end();
      await delay(500);
    });
    const { outcomes, assignment } = scene.client.slowest;
    await scene.settle(fault, [
      { figure: 'slowest assignment, seconds', value: (assignment / 1_000).toFixed(1), bar: '< 3' },
      { figure: 'other statuses', value: scene.unusualStatuses().join(' ') || 'none', bar: 'none' },
    ]);
    expect(scene.unusualStatuses()).toEqual([]);
    expect(Math.max(outcomes, assignment)).toBeLessThan(patienceMilliseconds);
    await scene.close();
  }

  it(
    'is not there at the start, and comes later',
    () =>
      suffer(
        'Redis away at the start',
        () => Promise.resolve(),
        () => redis.start(),
      ),
    2 * minutes,
  );

  it(
    'is killed, and comes back',
    async () => {
      await redis.start();
      await suffer(
        'kill -9 of Redis',
        () => redis.kill(),
        () => redis.start(),
      );
    },
    2 * minutes,
  );

  it(
    'answers everything two seconds late',
    async () => {
      await redis.start();
      await suffer(
        'Redis two seconds late',
        () => Promise.resolve(proxy.slow(2_000)),
        () => Promise.resolve(proxy.slow(0)),
      );
    },
    2 * minutes,
  );

  it(
    'is frozen, and goes on',
    async () => {
      await redis.start();
      await suffer(
        'Redis frozen',
        () => redis.freeze(),
        () => redis.thaw(),
      );
    },
    2 * minutes,
  );

  it(
    'forgets everything every two seconds',
    async () => {
      await redis.start();
      let flushing: NodeJS.Timeout | undefined;
      const flush = () => void redis.command('FLUSHALL');
      await suffer(
        'Redis emptied every two seconds',
        () => Promise.resolve(void (flushing = setInterval(flush, 2_000))),
        () => Promise.resolve(clearInterval(flushing)),
      );
    },
    2 * minutes,
  );

  it(
    'is full',
    async () => {
      await redis.start();
      await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
      await suffer(
        'Redis full',
        async () => void (await redis.command('CONFIG', 'SET', 'maxmemory', '1')),
        async () => void (await redis.command('CONFIG', 'SET', 'maxmemory', '0')),
      );
    },
    2 * minutes,
  );
});
