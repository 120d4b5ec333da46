import { startBehindProxy, type ServerBehindProxy } from './behind-proxy.fixture.js';
import { until } from './crash-client.fixture.js';

const definition = {
  control: 'a',
  variants: [{ key: 'a' }, { key: 'b' }],
  metrics: { primary: 'latency_ms', window: 'PT1H' },
  guardrails: [],
};

describe('a server that is cut off from its PostgreSQL', () => {
  let behind: ServerBehindProxy;
  beforeAll(async () => {
    behind = await startBehindProxy(true);
  }, 120_000);
  afterAll(() => behind.close());

  const call = (method: string, path: string, body?: object) => behind.call(method, path, body);
  const reason = async (experiment: string): Promise<string> =>
    (await call('GET', `/v1/assignments?experiment=${experiment}&unit=user-1`)).body.reason;

  it('serves the fallback of what must fail closed, goes on with the rest, and recovers', async () => {
    for (const [key, failClosedAfter] of [
      ['closes', 'PT5S'],
      ['goes-on', null],
    ]) {
      await call('POST', '/v1/experiments', { ...definition, key, failClosedAfter });
      await call('POST', `/v1/experiments/${key}/start`);
    }
    expect([await reason('closes'), await reason('goes-on')]).toEqual(['split', 'split']);
    await behind.proxy.cut();
    await until(
      () => reason('closes'),
      (now) => now === 'stale',
    );
    expect(await reason('goes-on')).toBe('split');
    await behind.proxy.restore();
    await until(
      () => reason('closes'),
      (now) => now === 'split',
    );
  }, 120_000);

  it('refuses a patience that one late look would exhaust', async () => {
    const { status, body } = await call('POST', '/v1/experiments', {
      ...definition,
      key: 'hasty',
      failClosedAfter: 'PT3S',
    });
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      { pointer: '/failClosedAfter', message: expect.stringContaining('use "PT5S" or longer') },
    ]);
  });
});
