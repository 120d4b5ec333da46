import { interleaveTraffic } from '../rollouts/traffic-interleavings.fixture.js';
import { playCrashingRamps } from '../rollouts/crashing-ramps.fixture.js';
import { report, roundsOf } from './fault-table.fixture.js';
import { PostgresCluster } from './postgres-cluster.fixture.js';

const minutes = 60_000;

describe('traffic that three processes move', () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await PostgresCluster.create();
    process.env['DATABASE_URL'] = cluster.url();
  }, minutes);
  afterAll(async () => {
    delete process.env['DATABASE_URL'];
    await cluster.close();
  });

  const sum = (counts: Record<string, number>) =>
    Object.values(counts).reduce((total, each) => total + each, 0);

  it(
    'keeps every invariant however what is done to it interleaves',
    async () => {
      // Fewer than a thousand do not meet every state.
      const interleavings = Math.max(10, roundsOf(100)) * 100;
      const fault = 'operations in any order';
      const actions = sum(await interleaveTraffic(interleavings));
      await report([
        { fault, figure: 'interleavings', value: interleavings, bar: '' },
        { fault, figure: 'actions taken', value: actions, bar: '' },
        { fault, figure: 'invariants broken', value: 0, bar: '0' },
      ]);
    },
    60 * minutes,
  );

  it(
    'takes every step of a ramp exactly once though a process dies at each of its statements',
    async () => {
      const ramps = roundsOf(40) * 25;
      const fault = 'death at each statement of a ramp’s step';
      const deaths = sum(await playCrashingRamps(ramps));
      await report([
        { fault, figure: 'ramps', value: ramps, bar: '' },
        { fault, figure: 'deaths', value: deaths, bar: '' },
        { fault, figure: 'steps missed or taken twice', value: 0, bar: '0' },
      ]);
    },
    60 * minutes,
  );
});
