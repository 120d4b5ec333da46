import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TcpProxy } from '../database/tcp-proxy.fixture.js';
import { until } from '../e2e/crash-client.fixture.js';
import { storeAt } from '../e2e/crash-store.fixture.js';
import { programOnPath } from './binaries.fixture.js';
import { closeScenes, FaultScene } from './fault-scene.fixture.js';
import { PostgresCluster } from './postgres-cluster.fixture.js';

const minutes = 60_000;
const fullMilliseconds = 4_000;

/** A command that gives what follows it a disk of that size, seen by nobody else and gone with the process. */
async function smallDisk(directory: string, megabytes: number): Promise<string[]> {
  const options = process.getuid?.() === 0 ? ['--mount'] : ['--mount', '--user', '--map-root-user'];
  const script = `mount -t tmpfs -o size=${megabytes}m tmpfs "$0" && exec "$@"`;
  return [await programOnPath('unshare'), ...options, 'sh', '-c', script, directory];
}

/** Fills the disk of a process up, and returns how to make room again. */
async function fill(pid: number, directory: string): Promise<() => Promise<void>> {
  // The way into the file systems that only this process sees.
  const ballast = `/proc/${pid}/root${directory}/ballast`;
  for (let kilobytes = 1 << 16; kilobytes >= 1; kilobytes >>= 1) {
    const piece = Buffer.alloc(kilobytes << 10, 1);
    for (let more = true; more;)
      more = await writeFile(ballast, piece, { flag: 'a' }).then(
        () => true,
        () => false,
      );
  }
  return () => rm(ballast);
}

describe('a disk that is full', () => {
  let cluster: PostgresCluster;
  let directory: string;
  beforeAll(async () => {
    cluster = await PostgresCluster.create();
  }, minutes);
  afterAll(() => cluster.close());
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'assay-faults-disk-'));
  });
  afterEach(closeScenes);
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it(
    'makes the spool say "later", and take outcomes again once there is room',
    async () => {
      const proxy = await TcpProxy.to(await cluster.database());
      const store = storeAt(proxy.url, { ASSAY_DATA_DIR: directory }, () => proxy.cut());
      const scene = await FaultScene.open(store, { beginning: { through: await smallDisk(directory, 16) } });
      let recovered = 0;
      await scene.underLoad(async () => {
        await delay(500);
        await proxy.cut();
        await until(
          () => Promise.resolve(scene.client.deferred),
          (count) => count > 300,
        );
        const free = await fill(scene.server.pid, directory);
        await until(
          () => Promise.resolve(scene.client.statuses.get(503) ?? 0),
          (count) => count > 20,
        );
        await delay(fullMilliseconds);
        const before = scene.client.deferred;
        await free();
        await until(
          () => Promise.resolve(scene.client.deferred - before),
          (count) => count > 100,
        );
        await proxy.restore();
        recovered = await scene.recovered();
      });
      await scene.settle('disk of the spool full', [
        { figure: 'answered "later"', value: scene.client.statuses.get(503) ?? 0, bar: '> 0' },
        { figure: 'recovered after, seconds', value: (recovered / 1_000).toFixed(1), bar: '< 30' },
      ]);
      expect(recovered).toBeLessThan(30_000);
      await scene.close();
    },
    3 * minutes,
  );
});
