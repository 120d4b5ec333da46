import { Client } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from './crash-client.fixture.js';
import { Replicas, type Assigned } from './replicas.fixture.js';

/** How late a kill may reach the others; measured on an idle machine it is some tens of milliseconds. */
const propagationMilliseconds = 3_000;
const ramp = [5, 10, 20, 40, 60, 100].map((coverage, second) => ({ after: `PT${second}S`, coverage }));
const stages = [{ percent: 75, hold: 'PT1S' }, { percent: 95, hold: 'PT1S' }, { percent: 100 }];

describe('three servers on one database', () => {
  let replicas: Replicas;
  beforeAll(async () => {
    replicas = await Replicas.start();
  }, 300_000);
  afterAll(() => replicas.close());

  async function expectRampedOnce(key: string): Promise<void> {
    const found = await until(
      () => replicas.epochs(key),
      (list) => list.at(-1)?.coverage === 100,
    );
    expect(found.map(({ number }: { number: number }) => number)).toEqual(
      found.map((_: unknown, index: number) => index + 1),
    );
    const steps = found.flatMap(({ evidence }) => [...(evidence.steps ?? [])]);
    expect(steps).toEqual(ramp.slice(1));
    expect((await replicas.actions(key)).filter((action) => action === 'raise coverage')).toHaveLength(
      found.length - 1,
    );
  }

  it('take each due step exactly once, whoever comes first', async () => {
    const keys = Array.from({ length: 8 }, (_, index) => `due-${index}`);
    for (const key of keys) {
      await replicas.begin(`${key}-ramp`, { ramp });
      await replicas.begin(`${key}-roll`);
      await replicas.post(0, `experiments/${key}-roll/rollout`, { winner: 'b', stages });
    }
    for (const key of keys) {
      await expectRampedOnce(`${key}-ramp`);
      await until(
        () => replicas.epochs(`${key}-roll`),
        (list) => list.length >= 4,
      );
    }
    await delay(2_500);
    for (const key of keys) {
      const phases = (await replicas.epochs(`${key}-roll`)).map(({ phase }: { phase: number }) => phase);
      expect(phases).toEqual([0, 1, 2, 3]);
      const expected = ['create', 'start', 'roll out', 'next stage', 'ship'];
      expect(await replicas.actions(`${key}-roll`)).toEqual(expected);
    }
  }, 120_000);

  it('serve a kill of one of them everywhere at once', async () => {
    const late: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const key = `kill-${round}`;
      await replicas.begin(key);
      const others = [1, 2];
      await until(
        async () =>
          (await Promise.all(others.map((server) => replicas.assign(server, key, 'u')))).map(
            ({ reason }) => reason,
          ),
        (reasons) => reasons.every((reason) => reason === 'split'),
      );
      const seen = others.map((server) =>
        until(
          () => replicas.assign(server, key, 'u'),
          ({ reason }) => reason === 'killed',
        ).then(() => Date.now()),
      );
      await replicas.post(0, `experiments/${key}/kill`, { reason: 'fire' });
      const killedAt = Date.now();
      late.push(...(await Promise.all(seen)).map((time) => time - killedAt));
    }
    expect(Math.max(...late)).toBeLessThan(propagationMilliseconds);
    process.stdout.write(`A kill reached the other servers after at most ${Math.max(...late)} ms, `);
    process.stdout.write(`on average ${late.reduce((sum, time) => sum + time, 0) / late.length} ms.\n`);
  }, 120_000);

  it('kill at once an experiment whose row another session holds', async () => {
    await replicas.begin('held');
    const holder = new Client({ connectionString: replicas.databaseUrl });
    await holder.connect();
    try {
      await holder.query(`BEGIN; SELECT * FROM experiment WHERE key = 'held' FOR UPDATE`);
      expect((await replicas.post(1, 'experiments/held/kill', { reason: 'fire' })).status).toBe('killed');
      await holder.query('ROLLBACK');
    } finally {
      await holder.end();
    }
  }, 60_000);

  it('never go back to an older version of an experiment', async () => {
    await replicas.begin('versions');
    let changing = true;
    const seen = [1, 2].flatMap((server) =>
      Array.from({ length: 4 }, async () => {
        const versions: number[] = [];
        while (changing) versions.push(await replicas.versionAt(server, 'versions'));
        return versions;
      }),
    );
    const change = (server: number, a: number) => replicas.weigh(server, 'versions', { a, b: 300 - a });
    const statuses: number[] = [];
    // Two servers change it at the same time, so that messages cross.
    for (let round = 0; round < 100; round += 1) {
      const both = await Promise.all([change(0, 50 + 2 * round), change(1, 51 + 2 * round)]);
      statuses.push(...both.map(({ status }) => status));
    }
    changing = false;
    for (const versions of await Promise.all(seen)) {
      expect(versions).toEqual([...versions].sort((one, other) => one - other));
    }
    expect(statuses.filter((status) => status !== 200 && status !== 412)).toEqual([]);
    const changed = statuses.filter((status) => status === 200).length;
    expect(changed).toBeGreaterThanOrEqual(100);
    for (const server of [0, 1, 2]) {
      await until(
        () => replicas.versionAt(server, 'versions'),
        (version) => version === 2 + changed,
        propagationMilliseconds,
      );
    }
  }, 120_000);

  it('give a unit the variant it met on another, though its slot has changed hands since', async () => {
    await replicas.begin('pinned');
    const units = Array.from({ length: 100 }, (_, index) => `user-${index}`);
    const first = await Promise.all(units.map((unit) => replicas.assign(0, 'pinned', unit)));
    await until(
      async () => (await replicas.at(0).call('GET', '/v1/experiments/pinned/results')).body.health.exposed,
      (exposed) => exposed === units.length,
    );
    const { body } = await replicas.weigh(0, 'pinned', { a: 0.1, b: 0.9 });
    await until(
      () => replicas.versionAt(1, 'pinned'),
      (version) => version === body.version,
    );
    const again: Assigned[] = [];
    for (const unit of units) {
      again.push(
        await until(
          () => replicas.assign(1, 'pinned', unit),
          ({ reason }) => reason !== 'stale',
        ),
      );
    }
    expect(again.map(({ variant }) => variant)).toEqual(first.map(({ variant }) => variant));
    expect(again.filter(({ reason }) => reason === 'pinned').length).toBeGreaterThan(10);
    const newcomers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => replicas.assign(1, 'pinned', `newcomer-${index}`)),
    );
    expect(newcomers.filter(({ variant }) => variant === 'b').length).toBeGreaterThan(75);
  }, 120_000);

  it('know a metric that another has added, and the metrics that guardrails of another need', async () => {
    const metric = { key: 'laughs', category: 'quality', direction: 'increase', kind: 'mean-per-unit' };
    await replicas.post(0, 'metrics', metric);
    const guardrails = [{ metric: 'latency_ms', quantile: 0.95, above: 77, action: 'warn' }];
    await replicas.begin('measured', { metrics: { primary: 'laughs', window: 'PT1H' }, guardrails });
    await until(
      () => replicas.assign(1, 'measured', 'u'),
      ({ reason }) => reason === 'split',
    );
    const outcome = {
      id: 'first',
      experiment: 'measured',
      unit: 'u',
      metrics: { laughs: 3, latency_ms: 99 },
    };
    expect(await replicas.post(1, 'outcomes', { outcomes: [outcome] })).toMatchObject({ accepted: 1 });
    const client = new Client({ connectionString: replicas.databaseUrl });
    await client.connect();
    try {
      const { rows } = await client.query(
        `SELECT m.key FROM unit_total t JOIN metric m ON m.id = t.metric JOIN experiment e ON e.id = t.experiment_id
         WHERE e.key = 'measured' ORDER BY m.key`,
      );
      expect(rows.map(({ key }) => key)).toEqual(['latency_ms', 'latency_ms>77', 'laughs']);
    } finally {
      await client.end();
    }
  }, 60_000);

  it('lose nothing and double nothing when one of them stands still and comes back', async () => {
    const keys = Array.from({ length: 6 }, (_, index) => `frozen-${index}`);
    for (const key of keys) await replicas.begin(key, { ramp });
    const frozen = replicas.at(2);
    // Short ones, to catch it in the middle of a step, and one that outlasts several steps.
    for (const milliseconds of [300, 300, 300, 5_000]) {
      await delay(Math.random() * 400);
      frozen.signal('SIGSTOP');
      await delay(milliseconds);
      frozen.signal('SIGCONT');
    }
    for (const key of keys) await expectRampedOnce(key);
    for (const key of keys) {
      const version = await replicas.versionAt(0, key);
      await until(
        () => replicas.versionAt(2, key),
        (found) => found === version,
        propagationMilliseconds,
      );
    }
  }, 120_000);
});
