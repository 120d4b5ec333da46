import { ExposureWriter } from '../../src/bucketing/exposure-writer.service.js';
import { LookJob } from '../../src/analysis/looks/look.job.js';
import { startServer, type StartedServer } from './server.fixture.js';

const hour = 3_600_000;
const day = 24 * hour;

describe('recorded looks', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
    server.stopTimers();
  });
  afterAll(() => server.close());

  const start = async (key: string, plan: object = {}) => {
    await server.call('POST', '/v1/experiments', {
      key,
      control: 'control',
      variants: [{ key: 'control' }, { key: 'treatment' }],
      metrics: { primary: 'user_rating', minimumEffect: 0.2, window: 'PT1H' },
      guardrails: [],
      plan,
    });
    return server.call('POST', `/v1/experiments/${key}/start`);
  };
  let counter = 0;
  /** New units who rate 3 ± 1, and half a star more under treatment. */
  const come = async (key: string, count: number) => {
    const outcomes: object[] = [];
    for (let index = 0; index < count; index += 1) {
      const unit = `unit-${(counter += 1)}`;
      const { body } = await server.call('POST', '/v1/assignments', { experiment: key, unit });
      const rating = (index % 3) + 2 + (body.variant === 'treatment' && index % 2 === 0 ? 1 : 0);
      outcomes.push({ id: unit, experiment: key, unit, metrics: { user_rating: Math.min(5, rating) } });
    }
    await server.app.get(ExposureWriter, { strict: false }).drained();
    expect((await server.call('POST', '/v1/outcomes', { outcomes })).body.accepted).toBe(count);
  };
  const tick = () => server.app.get(LookJob, { strict: false }).tick();
  const get = async (path: string) => (await server.call('GET', `/v1/experiments/${path}`)).body;

  it('are taken daily, each due one once, and read back as they were', async () => {
    await start('daily');
    await come('daily', 120);
    await tick();
    expect((await get('daily/results/series')).looks).toEqual([]);
    expect(JSON.stringify((await get('daily/results')).health.warnings)).not.toContain('WEEKDAYS');
    const missing = await server.call(
      'GET',
      `/v1/experiments/daily/results?asOf=${server.now().toISOString()}`,
    );
    expect(missing).toMatchObject({ status: 404, body: { code: 'LOOK_NOT_FOUND' } });
    server.advance(day + hour);
    await tick();
    await tick();
    const first = (await get('daily/results/series')).looks;
    expect(first).toMatchObject([{ number: 1, cause: 'planned', action: 'CONTINUE' }]);
    const asOf = new Date(server.now().getTime() + 1_000).toISOString();
    const codes = (await get('daily/results')).health.warnings.map(({ code }: { code: string }) => code);
    expect(codes).toContain('NOT_ALL_WEEKDAYS');
    await come('daily', 120);
    server.advance(3 * day);
    await tick();
    const { looks } = await get('daily/results/series');
    expect(looks.map(({ number }: { number: number }) => number)).toEqual([1, 2]);
    const past = await get(`daily/results?asOf=${asOf}`);
    expect(past.asOf).toBe(first[0].at);
    expect(past.metrics[0].variants[0].units).toBeLessThan(looks[1].metrics[0].variants[0].units);
    expect(await get(`daily/results?asOf=${asOf}`)).toEqual(past);
    expect(await get(`daily/report.md?asOf=${asOf}`)).toContain(`as of ${past.asOf}`);
    expect((await get('daily/results')).looks).toEqual({ recorded: 2, lastAt: looks[1].at });
    expect((await get('daily/results/series?limit=1')).cursor).toBe(1);
    expect((await get('daily/results/series?cursor=1')).looks).toHaveLength(1);
  });

  it('are what a planned number of units is decided on, and reading in between changes nothing', async () => {
    await start('planned', { unitsPerVariant: 200 });
    await come('planned', 200);
    server.advance(2 * hour);
    expect((await get('planned/results')).metrics[0]).toMatchObject({
      method: 'group-sequential',
      comparisons: [{ sequential: null }],
    });
    server.advance(day);
    await tick();
    const looked = (await get('planned/results')).metrics[0].comparisons[0].sequential;
    expect(looked).toMatchObject({
      method: 'group-sequential',
      interval: [expect.any(Number), expect.any(Number)],
    });
    await come('planned', 100);
    server.advance(2 * hour);
    expect((await get('planned/results')).metrics[0].comparisons[0].sequential).toEqual(looked);
    server.advance(day);
    await tick();
    expect((await get('planned/results')).metrics[0].comparisons[0].sequential).not.toEqual(looked);
  });

  it('precede a conclusion', async () => {
    await start('concluded');
    await come('concluded', 60);
    const { status } = await server.call('POST', '/v1/experiments/concluded/conclude', {
      variant: 'treatment',
    });
    expect(status).toBe(200);
    const { looks } = await get('concluded/results/series');
    expect(looks).toMatchObject([{ cause: 'decision' }]);
    expect((await get(`concluded/results?asOf=${server.now().toISOString()}`)).status).toBe('running');
    server.advance(2 * day);
    await tick();
    expect((await get('concluded/results/series')).looks).toHaveLength(1);
  });

  it('are refused for an instant that is none, and for a parameter that does not exist', async () => {
    const wrong = await server.call('GET', '/v1/experiments/daily/results?asOf=yesterday');
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ pointer: '/asOf' }] } });
    const later = new Date(server.now().getTime() + hour).toISOString();
    for (const path of ['results', 'report.md']) {
      const future = await server.call('GET', `/v1/experiments/daily/${path}?asOf=${later}`);
      expect(future).toMatchObject({
        status: 400,
        body: {
          errors: [
            { pointer: '/asOf', message: expect.stringContaining('lies in the future; leave asOf out') },
          ],
        },
      });
    }
    // A caller's clock may be a little ahead.
    const soon = new Date(server.now().getTime() + 1_000).toISOString();
    expect((await server.call('GET', `/v1/experiments/daily/results?asOf=${soon}`)).status).toBe(200);
    const unknown = await server.call('GET', '/v1/experiments/daily/results?until=2026-01-01T00:00:00Z');
    expect(unknown).toMatchObject({ status: 400, body: { detail: expect.stringContaining('until') } });
  });

  it('are not promised for imported data', async () => {
    await server.call('POST', '/v1/experiments', {
      key: 'imported',
      source: 'imported',
      control: 'control',
      variants: [{ key: 'control' }, { key: 'treatment' }],
      metrics: { primary: 'user_rating' },
    });
    const none = await server.call(
      'GET',
      `/v1/experiments/imported/results?asOf=${server.now().toISOString()}`,
    );
    expect(none).toMatchObject({ status: 404, body: { code: 'LOOK_NOT_FOUND' } });
    expect(none.body.detail).toMatch(/Imported data are complete .* leave asOf out\.$/);
    expect(none.body.detail).not.toContain('planned');
  });

  it('hold the fingerprint of the plan as it was at the start', async () => {
    const { planHash } = await get('daily');
    expect(planHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await get('daily/results')).toMatchObject({ planHash, registration: 'exploratory' });
  });
});
