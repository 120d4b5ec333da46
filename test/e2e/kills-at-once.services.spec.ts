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
    for (const round of [1, 2, 3, 4, 5]) {
      const key = `crowd-${round}`;
      await replicas.begin(key);
      const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => kill(index, key)));
      for (const answer of answers)
        expect(answer).toMatchObject({ status: 200, body: { status: 'killed', version: 3 } });
      expect(await replicas.actions(key)).toEqual(['create', 'start', 'kill']);
    }
  }, 120_000);

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
