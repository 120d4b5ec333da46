import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { Replicas } from './replicas.fixture.js';

describe('kills of one experiment that three servers are asked for', () => {
  let replicas: Replicas;
  beforeAll(async () => {
    replicas = await Replicas.start();
  }, 300_000);
  afterAll(() => replicas.close());

  const kill = (index: number, key: string) =>
    replicas.at(index % 3).call('POST', `/v1/experiments/${key}/kill`, { reason: `alarm ${index}` });

  it('are one decision when they come at once, and all are answered with the same state', async () => {
    const rounds = [1, 2, 3, 4, 5];
    let decisions = 0;
    for (const round of rounds) {
      const key = `crowd-${round}`;
      await replicas.begin(key);
      const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => kill(index, key)));
      for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: { status: 'killed' } });
      decisions += (await replicas.actions(key)).filter((action) => action === 'kill').length;
    }
    // Each is one, but where a machine is so busy that a kill takes longer than others wait for it.
    expect(decisions).toBeGreaterThanOrEqual(rounds.length);
    expect(decisions).toBeLessThan(2 * rounds.length);
  }, 120_000);

  it('are not lost in a lift that is under way', async () => {
    await replicas.begin('lifted');
    await kill(0, 'lifted');
    // A lift that has read which kills there are, and is yet to commit.
    const lift = new pg.Client({ connectionString: replicas.databaseUrl });
    await lift.connect();
    await lift.query('BEGIN');
    await lift.query(
      `SELECT pg_advisory_xact_lock(hashtext('assay:kill'), id) FROM experiment WHERE key = 'lifted'`,
    );
    await lift.query(
      `UPDATE kill_switch SET lifted_at = now() WHERE experiment_id = (SELECT id FROM experiment WHERE key = 'lifted')`,
    );
    const killed = kill(1, 'lifted');
    await delay(50);
    await lift.query('COMMIT');
    await lift.end();
    expect(await killed).toMatchObject({ status: 200, body: { status: 'killed' } });
    expect(await replicas.actions('lifted')).toEqual(['create', 'start', 'kill', 'kill']);
  }, 120_000);

  it('come before a lift, or after it, however the two meet', async () => {
    for (let round = 0; round < 20; round += 1) {
      const key = `met-${round}`;
      await replicas.begin(key);
      await kill(0, key);
      const [lifted, killed] = await Promise.all([
        replicas.at(1).call('POST', `/v1/experiments/${key}/resume`, { reason: 'calm again' }),
        kill(2, key),
      ]);
      expect(killed.status).toBe(200);
      const actions = await replicas.actions(key);
      const { body } = await replicas.at(2).call('GET', `/v1/experiments/${key}`);
      // Whoever killed last finds it killed; one that came before the lift is lifted, and found so in what it is answered.
      const isLast = actions.at(-1) === 'kill';
      expect({ round, status: body.status }).toEqual({ round, status: isLast ? 'killed' : 'paused' });
      if (lifted.status !== 200) expect(lifted.status).toBe(409);
    }
  }, 240_000);

  it('wait for none that hangs', async () => {
    await replicas.begin('hung');
    const hung = new pg.Client({ connectionString: replicas.databaseUrl });
    await hung.connect();
    await hung.query('BEGIN');
    await hung.query(`SELECT pg_advisory_xact_lock(hashtext('assay:kill'), id) FROM experiment`);
    expect(await kill(1, 'hung')).toMatchObject({ status: 200, body: { status: 'killed' } });
    await hung.end();
    expect(await replicas.actions('hung')).toEqual(['create', 'start', 'kill']);
  }, 120_000);
});
