import { Agent, request, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Problem } from '../../../src/operations/problem/problem.js';
import { startServer, type Fixture } from '../server.fixture.js';

const host = 'localhost:3000';
const app = 'https://app.example.com';

describe('The HTTP server', () => {
  let fixture: Fixture;
  beforeEach(async () => {
    fixture = await startServer({ ASSAY_CORS_ORIGINS: app });
  });
  afterEach(() => fixture.app.close());

  const send = (bytes: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const address = fixture.app.getHttpServer().address();
      const port = typeof address === 'object' && address ? address.port : 0;
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      let answer = '';
      socket.on('data', (chunk) => (answer += chunk.toString()));
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });

  it('gives every answer a request id: the caller’s if it is plain, else a new one', async () => {
    const idFor = async (id: string) => {
      const answer = await fixture.app.inject({ url: '/v1/things', headers: { host, 'x-request-id': id } });
      return answer.headers['x-request-id'];
    };
    expect(await idFor('trace-1.a_B')).toBe('trace-1.a_B');
    for (const id of ['a b', 'x'.repeat(65), '<script>', '']) {
      expect(await idFor(id)).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    }
  });

  it('sends security headers with every answer, and lets none of the API’s be cached', async () => {
    for (const url of ['/v1/things', '/v1/nothing', '/v1/things/%ZZ']) {
      const { headers } = await fixture.app.inject({ url, headers: { host } });
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      });
      expect(headers).not.toHaveProperty('x-powered-by');
    }
  });

  it.each([
    ['DELETE', '/v1/things', 'GET, HEAD, POST'],
    ['PATCH', '/v1/things/one?limit=1', 'GET, HEAD'],
  ] as const)('answers %s %s with the methods that are there: %s', async (method, url, allowed) => {
    const answer = await fixture.app.inject({ method, url, headers: { host } });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers['allow']).toBe(allowed);
    expect(answer.json<Problem>()).toMatchObject({
      code: 'METHOD_NOT_ALLOWED',
      detail: expect.stringContaining(`does not support ${method}; send GET`),
    });
  });

  it.each(['/v1/nothing', '/v1/things/one/more', '/v1/things/', '/v1/thingsx'])(
    'finds nothing at %s, whatever the method',
    async (url) => {
      const answer = await fixture.app.inject({ method: 'DELETE', url, headers: { host } });
      expect(answer.statusCode).toBe(404);
      expect(answer.headers).not.toHaveProperty('allow');
    },
  );

  it('takes outcomes up to 4 MB and no more', async () => {
    const post = (size: number) =>
      fixture.app.inject({
        method: 'POST',
        url: '/v1/outcomes',
        headers: { host },
        payload: { outcomes: ['x'.repeat(size)] },
      });
    expect((await post(4_000_000)).statusCode).toBe(201);
    expect((await post(4_200_000)).json()).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
  });

  it('streams an import of any size to its handler', async () => {
    const line = `${JSON.stringify({ unit: 'u', variant: 'control', filling: 'x'.repeat(1000) })}\n`;
    const lines = 6_000;
    const answer = await fixture.app.inject({
      method: 'POST',
      url: '/v1/experiments/x/import',
      headers: { host, 'content-type': 'application/x-ndjson' },
      payload: Readable.from(Array.from({ length: lines }, () => line)),
    });
    expect(answer.json()).toEqual({ bytes: line.length * lines });
  });

  it('takes an empty JSON body for none', async () => {
    const headers = { host, 'content-type': 'application/json' };
    const answer = await fixture.app.inject({ method: 'POST', url: '/v1/things', headers });
    expect(answer.json<Problem>().detail).toContain('received nothing');
  });

  it('lets the configured pages, and only those, send feedback', async () => {
    const feedback = (origin: string) =>
      fixture.app.inject({
        method: 'POST',
        url: '/v1/feedback',
        headers: { host, origin },
        payload: { token: 't' },
      });
    const accepted = await feedback(app);
    expect(accepted.statusCode).toBe(201);
    expect(accepted.headers).toMatchObject({ 'access-control-allow-origin': app, vary: 'Origin' });
    expect(accepted.headers).not.toHaveProperty('access-control-allow-credentials');
    const refused = await feedback('https://evil.example');
    expect(refused.statusCode).toBe(403);
    expect(refused.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('lets an invited page read why its feedback was refused', async () => {
    const headers = { host, origin: app };
    const answer = await fixture.app.inject({
      method: 'POST',
      url: '/v1/feedback',
      headers,
      payload: { token: 5 },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['access-control-allow-origin']).toBe(app);
  });

  it('answers the preflight of feedback for the configured pages alone', async () => {
    const preflight = (origin: string, url = '/v1/feedback') =>
      fixture.app.inject({
        method: 'OPTIONS',
        url,
        headers: { host, origin, 'access-control-request-method': 'POST' },
      });
    const answer = await preflight(app);
    expect(answer.statusCode).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': app,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, x-request-id',
    });
    for (const other of [
      await preflight('https://evil.example'),
      await preflight('null'),
      await preflight(app, '/v1/things'),
    ]) {
      expect(other.headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('answers bytes that are no HTTP with a problem, and closes the connection', async () => {
    await fixture.app.listen(0, '127.0.0.1');
    const answers = await Promise.all([
      send('NOT HTTP\r\n\r\n'),
      send(`GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`),
    ]);
    expect(answers[0]).toMatch(/^HTTP\/1\.1 400 Bad Request\r\ncontent-type: application\/problem\+json/);
    expect(answers[1]).toMatch(/^HTTP\/1\.1 431 /);
    expect(answers[1]).toContain('"code":"HEADERS_TOO_LARGE"');
  });

  it('counts requests by route template, never by address', async () => {
    await fixture.app.inject({ url: '/v1/things/one', headers: { host } });
    await fixture.app.inject({ url: '/v1/things/two', headers: { host } });
    await fixture.app.inject({ url: '/no/such/address', headers: { host } });
    const { body, headers } = await fixture.app.inject({ url: '/metrics', headers: { host } });
    expect(headers['content-type']).toContain('version=0.0.4');
    expect(body).toContain(
      'http_request_duration_seconds_count{method="GET",route="/v1/things/:key",status_code="200"} 2',
    );
    expect(body).toContain(
      'http_request_duration_seconds_count{method="GET",route="none",status_code="404"} 1',
    );
    expect(body).toContain('process_cpu_seconds_total');
    expect(body).not.toContain('/no/such/address');
  });

  it('describes its routes as OpenAPI 3.1, from the schemas that validate them', async () => {
    const answer = await fixture.app.inject({ url: '/docs/json', headers: { host } });
    const document = answer.json<{ openapi: string; paths: Record<string, Record<string, unknown>> }>();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/v1/things/{key}');
    expect(JSON.stringify(document.paths['/v1/things']?.['post'])).toContain('"minLength":1');
    const page = await fixture.app.inject({ url: '/docs', headers: { host } });
    expect(page.body).toContain('swagger-ui');
  });
});

describe('While it shuts down, the HTTP server', () => {
  it('answers new requests 503 as problem+json', async () => {
    const fixture = await startServer();
    const { ShutdownState } = await import('../../../src/operations/http/shutdown-state.service.js');
    fixture.app.get(ShutdownState).onModuleDestroy();
    const answer = await fixture.app.inject({ url: '/v1/things', headers: { host } });
    expect(answer.json()).toMatchObject({ status: 503, code: 'SHUTTING_DOWN' });
    expect(answer.headers).toMatchObject({ connection: 'close', 'retry-after': '1' });
    await fixture.app.close();
  });

  it('ends a connection kept alive as soon as its last answer is given', async () => {
    const fixture = await startServer();
    await fixture.app.listen(0, '127.0.0.1');
    const { port } = fixture.app.getHttpServer().address() as AddressInfo;
    const agent = new Agent({ keepAlive: true });
    let closing: Promise<void> | undefined;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const path = '/v1/experiments/x/import';
      const headers = { 'content-type': 'application/x-ndjson' };
      const upload = request({ port, path, method: 'POST', headers, agent }, resolve).on('error', reject);
      upload.write('{}\n');
      fixture.app.getHttpServer().once('request', () => {
        closing = fixture.app.close();
        setImmediate(() => upload.end('{}\n'));
      });
    });
    expect(answer).toMatchObject({ statusCode: 201, headers: { connection: 'close' } });
    answer.resume();
    await closing;
    agent.destroy();
  });
});
