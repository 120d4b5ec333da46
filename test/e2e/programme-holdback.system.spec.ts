import { startServer, type StartedServer } from './server.fixture.js';

const definition = {
  control: 'a',
  variants: [{ key: 'a' }, { key: 'b' }],
  metrics: { primary: 'user_rating', window: 'PT1H' },
  guardrails: [],
};
const units = Array.from({ length: 400 }, (_, number) => `user-${number}`);

describe('the holdback of the whole programme', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
  }, 60_000);
  afterAll(() => server.close());

  const begin = async (key: string, rest: object = {}) => {
    await server.call('POST', '/v1/experiments', { ...definition, key, ...rest });
    expect((await server.call('POST', `/v1/experiments/${key}/start`)).status).toBe(200);
  };
  const heldBack = async (experiment: string): Promise<string[]> => {
    const reasons = await Promise.all(
      units.map(async (unit) => {
        const path = `/v1/assignments?experiment=${experiment}&unit=${unit}`;
        return (await server.call('GET', path)).body.reason;
      }),
    );
    return units.filter((_, index) => reasons[index] === 'holdback');
  };

  it('holds the same units back from every experiment that starts after it, and from none before', async () => {
    await begin('earlier');
    const set = await server.call('PUT', '/v1/programme/holdback', { percent: 10, reason: 'yearly effect' });
    expect(set).toMatchObject({ status: 200, body: { holdback: { percent: 10, reason: 'yearly effect' } } });
    await begin('first');
    await begin('second', { holdback: 20 });
    await begin('by-request', { unit: 'request' });
    expect(await heldBack('earlier')).toEqual([]);
    expect(await heldBack('by-request')).toEqual([]);
    const [first, second] = [await heldBack('first'), await heldBack('second')];
    expect(first.length).toBeGreaterThan(20);
    expect(first.length).toBeLessThan(60);
    expect(second).toEqual(expect.arrayContaining(first));
    expect(second.length).toBeGreaterThan(first.length + 40);
    expect((await server.call('GET', '/v1/experiments/first')).body.programmeHoldback).toBe(10);
  });

  it('outlives the conclusion, and its end', async () => {
    const before = await heldBack('first');
    await server.call('POST', '/v1/experiments/first/conclude', { variant: 'b' });
    expect(await heldBack('first')).toEqual(before);
    expect((await server.call('DELETE', '/v1/programme/holdback')).status).toBe(204);
    expect((await server.call('GET', '/v1/programme/holdback')).body).toEqual({ holdback: null });
    expect(await heldBack('first')).toEqual(before);
    await begin('after-the-end');
    expect(await heldBack('after-the-end')).toEqual([]);
  });

  it('says in an explanation whose holdback it is', async () => {
    const [unit] = await heldBack('first');
    await begin('explained-not-held');
    const { body } = await server.call('POST', '/v1/assignments', {
      experiment: 'first',
      unit,
      peek: true,
      explain: true,
    });
    expect(JSON.stringify(body.explanation)).toContain('"of":"programme"');
  });

  it('is set once, and cannot be changed into another', async () => {
    await server.call('PUT', '/v1/programme/holdback', { percent: 5 });
    const again = await server.call('PUT', '/v1/programme/holdback', { percent: 8 });
    expect(again).toMatchObject({ status: 409, body: { code: 'HOLDBACK_EXISTS' } });
    expect(again.body.detail).toMatch(/^5 % of all units are held back already/);
    const none = await server.call('PUT', '/v1/programme/holdback', { percent: 0 });
    expect(none.status).toBe(400);
  });
});
