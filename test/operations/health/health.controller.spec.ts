import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Readiness, ReadinessProbe } from '../../../src/operations/health/readiness-probe.js';
import { ReadinessProbes } from '../../../src/operations/health/readiness-probes.service.js';
import { startServer, type Fixture } from '../server.fixture.js';

class TestProbe extends ReadinessProbe {
  constructor(
    readonly name: string,
    public answer: () => Promise<Readiness>,
  ) {
    super();
  }

  check(): Promise<Readiness> {
    return this.answer();
  }
}

const headers = { host: 'localhost' };

describe('/health', () => {
  let fixture: Fixture;
  let database: TestProbe;
  let redis: TestProbe;
  beforeEach(async () => {
    fixture = await startServer();
    database = new TestProbe('database', () =>
      Promise.resolve({ state: 'up', detail: { engine: 'embedded' } }),
    );
    redis = new TestProbe('redis', () => Promise.resolve({ state: 'up' }));
    fixture.app.get(ReadinessProbes).register(database);
    fixture.app.get(ReadinessProbes).register(redis);
  });
  afterEach(() => fixture.app.close());

  const get = async (url: string) => {
    const answer = await fixture.app.inject({ url, headers });
    return {
      status: answer.statusCode,
      body: answer.json<{ status: string; details: Record<string, unknown> }>(),
    };
  };

  it('is ok, in terminus’ form, while everything is up', async () => {
    expect(await get('/health')).toEqual({
      status: 200,
      body: {
        status: 'ok',
        info: { database: { status: 'up', engine: 'embedded' }, redis: { status: 'up' } },
        error: {},
        details: { database: { status: 'up', engine: 'embedded' }, redis: { status: 'up' } },
      },
    });
  });

  it('stays ready, and says degraded, while something can be done without', async () => {
    redis.answer = () => Promise.resolve({ state: 'degraded', detail: { message: 'away' } });
    const { status, body } = await get('/health/ready');
    expect({ status, state: body.status, redis: body.details['redis'] }).toEqual({
      status: 200,
      state: 'degraded',
      redis: { status: 'degraded', message: 'away' },
    });
  });

  it.each<[string, () => Promise<Readiness>]>([
    ['is down', () => Promise.resolve({ state: 'down', detail: { message: 'worker ended' } })],
    ['fails to say', () => Promise.reject(new Error('password authentication failed for user "assay"'))],
  ])('is not ready while something needed %s', async (_, answer) => {
    database.answer = answer;
    const { status, body } = await get('/health/ready');
    expect({ status, state: body.status }).toEqual({ status: 503, state: 'error' });
    expect(body.details['database']).toMatchObject({ status: 'down' });
    expect(JSON.stringify(body)).not.toContain('password');
  });

  it('does not wait for a probe that never answers', async () => {
    const probes = fixture.app.get(ReadinessProbes);
    database.answer = () => new Promise(() => undefined);
    const results = await Promise.all(probes.checks(20).map((check) => check()));
    expect(results[0]).toEqual({ database: { status: 'down', message: 'does not answer' } });
  });

  it('is alive whatever the probes say', async () => {
    database.answer = () => Promise.reject(new Error('away'));
    expect(await get('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('refuses two probes of one name', () => {
    expect(() => fixture.app.get(ReadinessProbes).register(redis)).toThrow('"redis"');
  });
});
