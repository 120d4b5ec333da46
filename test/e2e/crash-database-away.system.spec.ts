import { startServer, type StartedServer } from './server.fixture.js';

/** Nobody listens on port 1. */
const nobody = 'postgres://postgres@127.0.0.1:1/assay';
/** The one key that is known without the database. */
const adminKey = 'the-key-of-this-test-is-long-enough';
const authorization = { authorization: `Bearer ${adminKey}` };

describe('a server whose PostgreSQL is away when it starts', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer({ DATABASE_URL: nobody, ASSAY_ADMIN_KEY: adminKey });
  }, 120_000);
  afterAll(() => server.close());

  it('is up and says it is not ready, and why', async () => {
    expect((await server.call('GET', '/health/live')).status).toBe(200);
    const ready = await server.call('GET', '/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.body.error.database).toMatchObject({
      status: 'down',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('answers assignments at once, with nothing to serve but no error', async () => {
    const assignment = { experiment: 'anything', unit: 'user-1' };
    const answer = await server.call('POST', '/v1/assignments', assignment, authorization);
    expect(answer).toMatchObject({
      status: 200,
      body: { variant: null, config: {}, reason: 'unknown-experiment', token: null },
    });
    const batch = await server.call('POST', '/v1/assignments/batch', { unit: 'user-1' }, authorization);
    expect(batch).toMatchObject({ status: 200, body: { assignments: [] } });
  });

  it('serves the fallback of a decorated route to its users', async () => {
    const answer = await server.call(
      'POST',
      '/api/summarize',
      { text: 'One sentence. And another one.' },
      { 'x-user-id': 'user-1' },
    );
    expect(answer).toMatchObject({ status: 200, body: { experiment: null } });
    expect(answer.body.summary).not.toBe('');
  });

  it.each([
    [
      'outcomes by unit',
      '/v1/outcomes',
      { outcomes: [{ id: '1', experiment: 'x', unit: 'u', metrics: { error: 0 } }] },
    ],
    [
      'outcomes by token',
      '/v1/outcomes',
      { outcomes: [{ id: '1', token: 'from-before', metrics: { error: 0 } }] },
    ],
    ['feedback', '/v1/feedback', { token: 'from-before', metrics: { user_rating: 5 } }],
  ])('asks for %s to be sent again later, refusing none for good', async (_what, path, body) => {
    const answer = await server.call('POST', path, body, authorization);
    expect(answer).toMatchObject({ status: 503, body: { code: 'DATABASE_UNAVAILABLE' } });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });

  it.each([
    ['GET', '/v1/experiments/x', undefined],
    ['GET', '/v1/experiments/x/results', undefined],
    ['GET', '/v1/experiments/x/epochs', undefined],
    ['POST', '/v1/experiments/x/kill', { reason: 'fire' }],
    ['POST', '/v1/experiments/x/start', {}],
    [
      'POST',
      '/v1/experiments',
      { key: 'x', control: 'a', variants: [{ key: 'a' }, { key: 'b' }], metrics: { primary: 'error' } },
    ],
  ])('answers %s %s with "later", never with 500', async (method, path, body) => {
    const answer = await server.call(method, path, body, authorization);
    expect(answer).toMatchObject({ status: 503, body: { code: 'DATABASE_UNAVAILABLE' } });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});
