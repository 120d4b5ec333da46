import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startServer, type Fixture } from '../server.fixture.js';

const urls = [
  '/v1/things',
  '/v1/outcomes',
  '/v1/feedback',
  '/v1/experiments/x/import',
  '/metrics',
  '/health',
  '/v1/nothing',
];
const text = fc.string({ unit: 'binary', maxLength: 40 });
const header = fc.string({ unit: fc.constantFrom(...'abz09 ;:/=*,"\\{}é%'), maxLength: 30 });
const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'),
  url: fc.oneof(
    fc.constantFrom(...urls),
    fc.string({ unit: 'grapheme' }).map((part) => `/v1/things/${encodeURIComponent(part)}`),
    header.map((part) => `/v1/things?limit=${part}`),
  ),
  headers: fc.record(
    {
      'content-type': fc.oneof(
        fc.constantFrom('application/json', 'application/x-ndjson', 'text/plain'),
        header,
      ),
      authorization: header.map((key) => `Bearer ${key}`),
      origin: header,
      host: fc.oneof(fc.constant('localhost:3000'), header),
      'x-request-id': header,
      'sec-fetch-site': fc.constantFrom('cross-site', 'same-origin', 'none', ''),
      'access-control-request-method': header,
    },
    { requiredKeys: [] },
  ),
  payload: fc.oneof(
    fc.json(),
    text,
    fc.jsonValue().map((value) => JSON.stringify({ name: value, outcomes: value, token: value })),
    fc.constantFrom('', '{', '[]', 'null', '{"outcomes":[]}', '{"name":"x"}'),
  ),
});

describe('Any request at all', () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await startServer();
  });
  afterAll(() => fixture.app.close());

  it('is served or refused with a problem, never met with a fault of the server', async () => {
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(request, async ({ method, url, headers, payload }) => {
        const answer = await fixture.app.inject({
          method: method as 'POST',
          url,
          headers: { host: 'localhost:3000', ...headers },
          payload,
        });
        statuses.add(answer.statusCode);
        expect(answer.statusCode).toBeLessThan(500);
        const isRefused = answer.statusCode >= 400 && method !== 'HEAD';
        if (isRefused) expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      }),
      { numRuns: 600 },
    );
    expect(statuses.size).toBeGreaterThan(4);
  });
});
