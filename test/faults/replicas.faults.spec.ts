import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ChildServer } from '../e2e/child-server.fixture.js';
import { embeddedStore, storeAt } from '../e2e/crash-store.fixture.js';
import { bundledServer } from './bundled-server.fixture.js';
import { closeScenes, FaultScene } from './fault-scene.fixture.js';
import { report, roundsOf } from './fault-table.fixture.js';
import { PostgresCluster } from './postgres-cluster.fixture.js';

const minutes = 60_000;
const batches = roundsOf(60);
const mostDeliveries = 50;
const stops = roundsOf(10);
const exitMilliseconds = 10_000;
const refusalMilliseconds = 1_000;

describe('requests that come more than once, and processes that come and go', () => {
  let cluster: PostgresCluster;
  let directory: string;
  beforeAll(async () => {
    cluster = await PostgresCluster.create();
    directory = await mkdtemp(join(tmpdir(), 'assay-faults-data-'));
  }, minutes);
  afterEach(closeScenes);
  afterAll(async () => {
    await cluster.close();
    await rm(directory, { recursive: true, force: true });
  });

  it(
    'count once what two replicas are sent up to fifty times at once',
    async () => {
      const store = storeAt(await cluster.database(), { ASSAY_DATA_DIR: directory }, () => Promise.resolve());
      const scene = await FaultScene.open(store);
      const other = await scene.replica({ ASSAY_DATA_DIR: join(directory, 'other') });
      let deliveries = 0;
      for (let batch = 0; batch < batches; batch += 1) {
        const times = randomInt(1, mostDeliveries + 1);
        deliveries += times;
        await scene.client.deliver(times, [scene.server, other]);
      }
      await other.kill('SIGTERM');
      await scene.settle('the same batch up to 50 times at once, two replicas', [
        { figure: 'batches, deliveries', value: `${batches}, ${deliveries}`, bar: '' },
      ]);
      await scene.close();
    },
    3 * minutes,
  );

  it(
    'end in order when told to stop under load',
    async () => {
      const store = storeAt(await cluster.database(), { ASSAY_DATA_DIR: directory }, () => Promise.resolve());
      const scene = await FaultScene.open(store);
      const exits: number[] = [];
      /** Of requests that the server had when it was told; and of later ones, on connections that it was closing. */
      const resets = { underWay: 0, later: 0 };
      await scene.underLoad(async () => {
        for (let round = 0; round < stops; round += 1) {
          await delay(randomInt(200, 800));
          const began = performance.now();
          // The users go on asking it: those under way are answered, later ones are refused or sent away.
          expect(await scene.server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
          exits.push(performance.now() - began);
          scene.client.use();
          const broken = scene.client.resets.splice(0);
          resets.underWay += broken.filter(({ sentAt }) => sentAt < began).length;
          resets.later += broken.filter(({ sentAt }) => sentAt >= began).length;
          await scene.again();
        }
      });
      await scene.settle('SIGTERM under load', [
        { figure: 'stops', value: stops, bar: '' },
        { figure: 'slowest exit, seconds', value: (Math.max(...exits) / 1_000).toFixed(1), bar: '< 10' },
        { figure: 'reset, under way at the signal', value: resets.underWay, bar: '0' },
        { figure: 'reset, sent after it', value: resets.later, bar: '' },
      ]);
      expect(Math.max(...exits)).toBeLessThan(exitMilliseconds);
      expect(resets.underWay).toBe(0);
      await scene.close();
    },
    5 * minutes,
  );

  it(
    'keep a second process out of an embedded directory, at once',
    async () => {
      const store = await embeddedStore();
      const program = await bundledServer();
      const first = await ChildServer.start(store.environment, { program });
      const second = await ChildServer.spawn(store.environment, { program });
      expect(await second.ended).toEqual({ code: 1, signal: null });
      // From its first word, for to read the program takes a busy machine as long as it takes.
      const took = Date.now() - (second.spokeAt ?? 0);
      expect(second.printed()).toContain(`is open in process ${first.pid}.`);
      const value = (took / 1_000).toFixed(2);
      await report([
        { fault: 'a second process on the directory', figure: 'refused after, seconds', value, bar: '< 1' },
      ]);
      expect(took).toBeLessThan(refusalMilliseconds);
      await first.kill();
      await store.drop();
    },
    2 * minutes,
  );
});
