import { startServer, type StartedServer } from '../../e2e/server.fixture.js';
import { dataSourceOf, dumpOf } from '../../generations/dump.fixture.js';

describe('a link that is erased with its unit', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
  }, 60_000);
  afterAll(() => server.close());

  const begin = async (key: string) => {
    const variants = [{ key: 'a' }, { key: 'b' }];
    const metrics = { primary: 'user_rating', window: 'PT1H' };
    await server.call('POST', '/v1/experiments', { key, control: 'a', variants, metrics, guardrails: [] });
    await server.call('POST', `/v1/experiments/${key}/start`);
  };
  const assign = (experiment: string, unit: string) =>
    server.call('POST', '/v1/assignments', { experiment, unit });
  const link = (anonymous: string, unit: string) =>
    server.call('POST', '/v1/units/link', { anonymous, unit });
  const erase = async (unit: string) =>
    (await server.call('DELETE', `/v1/units/${unit}/data`)).body.erased as Record<string, number>;

  it('leads to what was exposed under the first id in experiments that began later', async () => {
    await link('bird-visitor', 'bird-user');
    await begin('exp_later');
    await assign('exp_later', 'bird-user');
    expect(await erase('bird-user')).toMatchObject({ exposures: 1, links: 1 });
    expect(await dumpOf(server)).not.toContain('bird');
  });

  it('leaves a visitor alone who stayed another unit', async () => {
    await begin('exp_apart');
    await assign('exp_apart', 'cat-visitor');
    await assign('exp_apart', 'cat-user');
    await link('cat-visitor', 'cat-user');
    expect(await erase('cat-user')).toMatchObject({ exposures: 1, links: 2 });
    const dump = await dumpOf(server);
    expect(dump).toContain('cat-visitor');
    expect(dump).not.toContain('cat-user');
  });

  it('goes with the first id as well, though no experiment goes by it', async () => {
    await link('dog-visitor', 'dog-user');
    expect(await erase('dog-visitor')).toMatchObject({ links: 1 });
    expect(await dataSourceOf(server).query('SELECT unit_id FROM linked_unit')).toEqual([]);
  });
});
