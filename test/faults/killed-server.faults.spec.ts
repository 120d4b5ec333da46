import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { embeddedStore, storeAt, type Store } from '../e2e/crash-store.fixture.js';
import { closeScenes, FaultScene } from './fault-scene.fixture.js';
import { roundsOf } from './fault-table.fixture.js';
import { PostgresCluster } from './postgres-cluster.fixture.js';

/** Together a hundred kills. */
const postgresRounds = roundsOf(80);
const embeddedRounds = roundsOf(20);
/** From ready to killed. */
const shortest = 50;
const longest = 800;
const minutes = 60_000;

describe('a server killed under load, again and again', () => {
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

  async function killed(store: Store, rounds: number, fault: string): Promise<void> {
    const scene = await FaultScene.open(store);
    const starts: number[] = [];
    await scene.underLoad(async () => {
      for (let round = 0; round < rounds; round += 1) {
        await delay(randomInt(shortest, longest));
        await scene.end();
        starts.push(await scene.again());
      }
    });
    const slowest = (Math.max(...starts) / 1_000).toFixed(1);
    await scene.settle(fault, [
      { figure: 'kills', value: rounds, bar: '' },
      { figure: 'slowest start, seconds', value: slowest, bar: '' },
    ]);
    await scene.close();
  }

  it(
    'loses nothing and counts nothing twice on PostgreSQL',
    async () => {
      const url = await cluster.database();
      const store = storeAt(url, { ASSAY_DATA_DIR: directory }, () => Promise.resolve());
      await killed(store, postgresRounds, 'kill -9 of the server, PostgreSQL');
    },
    15 * minutes,
  );

  it(
    'loses nothing and counts nothing twice on the embedded database',
    async () => killed(await embeddedStore(), embeddedRounds, 'kill -9 of the server, embedded'),
    15 * minutes,
  );
});
