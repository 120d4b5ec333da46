import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { startServer, type Answer, type StartedServer } from './server.fixture.js';

/** A hot route and an ordinary one, in pairs that are to answer alike. */
const pairs = {
  'a field too many': [
    ['GET', '/v1/assignments?experiment=exp_summarize_v2&unit=u&other=1'],
    ['POST', '/v1/plans', { other: 1 }],
  ],
  'a name that poisons': [
    ['POST', '/v1/assignments', { unit: 'a\0b' }],
    ['POST', '/v1/plans', { metric: 'a\0b' }],
  ],
} as const;

describe('a hot route', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  const look = '/v1/assignments?experiment=exp_summarize_v2&unit=user-1';
  const security = ({ headers }: Answer) =>
    Object.fromEntries(
      [
        'x-content-type-options',
        'x-frame-options',
        'referrer-policy',
        'content-security-policy',
        'cross-origin-resource-policy',
        'cache-control',
      ].map((name) => [name, headers[name]]),
    );

  it('carries the headers of an ordinary one, when it answers and when it refuses', async () => {
    const ordinary = await server.call('GET', '/v1/metrics');
    const id = { 'x-request-id': 'trace-7' };
    for (const answer of [
      await server.call('GET', look, undefined, id),
      await server.call('GET', '/v1/assignments', undefined, id),
      await server.call('POST', '/v1/outcomes', { outcomes: [] }, id),
    ]) {
      expect(security(answer)).toEqual(security(ordinary));
      expect(answer.headers['x-request-id']).toBe('trace-7');
    }
  });

  it.each(Object.entries(pairs))('refuses %s as an ordinary one does', async (_name, [hot, ordinary]) => {
    const [first, second] = await Promise.all(
      [hot, ordinary].map(([method, url, body]) => server.call(method, url, body)),
    );
    expect(first?.status).toBe(400);
    expect(Object.keys(first?.body ?? {})).toEqual(Object.keys(second?.body ?? {}));
    expect(first?.body).toMatchObject({ type: second?.body.type, code: 'INVALID_REQUEST' });
    expect(first?.headers['content-type']).toBe(second?.headers['content-type']);
  });

  it('is counted in the metrics, refused or not', async () => {
    await server.call('GET', look);
    await server.call('GET', '/v1/assignments');
    const { body } = await server.call('GET', '/metrics');
    const count = 'http_request_duration_seconds_count{method="GET",route="/v1/assignments"';
    expect(body).toContain(`${count},status_code="200"}`);
    expect(body).toContain(`${count},status_code="400"}`);
  });

  it('is counted once, however its address is spelled', async () => {
    const seen = async () => {
      const { body } = await server.call('GET', '/metrics');
      return Number(
        /_count\{method="GET",route="\/v1\/assignments",status_code="200"\} (\d+)/.exec(body)?.[1],
      );
    };
    await server.call('GET', look);
    const before = await seen();
    await server.call('GET', look.replace('/a', '/%61'));
    expect(await seen()).toBe(before + 1);
  });

  it('is closed to requests that name another host, whatever came before', async () => {
    await server.app.listen(0, '127.0.0.1');
    const { port } = server.app.getHttpServer().address() as AddressInfo;
    const ask = (head: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(`GET ${look} HTTP/1.${head}\r\n\r\n`));
        socket.once('data', (bytes) => {
          resolve(bytes.toString().slice(9, 12));
          socket.destroy();
        });
        socket.once('error', reject);
      });
    const host = `Host: 127.0.0.1:${port}`;
    expect(await ask(`1\r\n${host}`)).toBe('200');
    expect(await ask(`1\r\n${host}`)).toBe('200');
    expect(await ask(`1\r\nHost: evil.example`)).toBe('403');
    expect(await ask(`1\r\n${host}\r\nOrigin: https://evil.example`)).toBe('403');
    expect(await ask(`1\r\n${host}\r\nSec-Fetch-Site: cross-site`)).toBe('403');
    expect(await ask(`0`)).toBe('403');
  });
});
