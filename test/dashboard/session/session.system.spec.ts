import { ApiKeyService } from '../../../src/operations/access/api-key.service.js';
import type { Scope } from '../../../src/operations/scope.js';
import { startServer, type Answer, type StartedServer } from '../../e2e/server.fixture.js';

const adminKey = 'the-first-admin-key-of-this-server';
const [oldSecret, newSecret] = ['the old secret that servers share', 'the new secret that servers share'];
const ours = { origin: 'http://localhost:80', host: 'localhost:80', 'sec-fetch-site': 'same-origin' };
const name = '__Host-assay-session';
const definition = {
  control: 'a',
  variants: [{ key: 'a' }, { key: 'b' }],
  metrics: { primary: 'latency_ms', window: 'PT1H' },
};

describe('a session of the page', () => {
  let server: StartedServer;
  let other: StartedServer;
  let number = 0;
  beforeAll(async () => {
    const start = (secrets: string) => startServer({ ASSAY_ADMIN_KEY: adminKey, ASSAY_SECRETS: secrets });
    [server, other] = [await start(oldSecret), await start(`${newSecret},${oldSecret}`)];
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await other.close();
  });

  const signIn = (key: string, headers: Record<string, string> = {}) =>
    server.call('POST', '/v1/session', { key }, { ...ours, ...headers });
  const cookieOf = (answer: Answer) => String(answer.headers['set-cookie']).split(';')[0]!;
  const newKey = (scope: Scope) =>
    server.app.get(ApiKeyService, { strict: false }).create(scope, `a ${scope} key`);
  /** The cookie of a new session with a new key. */
  const session = async (scope: Scope) => {
    const { key, record } = await newKey(scope);
    return { cookie: cookieOf(await signIn(key)), selector: record.selector, key };
  };
  const read = (cookie: string, headers = {}, at = server) =>
    at.call('GET', '/v1/experiments', undefined, { cookie, ...headers });
  const write = (cookie: string, headers: Record<string, string> = ours) =>
    server.call(
      'POST',
      '/v1/experiments',
      { ...definition, key: `exp_${(number += 1)}` },
      { cookie, ...headers },
    );

  it('is opened with a key and closed again', async () => {
    const unknown = await server.call('GET', '/v1/session');
    expect(unknown).toMatchObject({ status: 200, body: { needsKey: true, scope: null } });
    expect(unknown.headers).not.toHaveProperty('set-cookie');
    const answer = await signIn(adminKey);
    expect(answer).toMatchObject({ status: 200, body: { needsKey: false, scope: 'admin' } });
    expect(answer.headers['set-cookie']).toMatch(
      /^__Host-assay-session=[\w-]+; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=43200$/,
    );
    const cookie = cookieOf(answer);
    expect((await server.call('GET', '/v1/session', undefined, { cookie })).body).toEqual({
      needsKey: false,
      scope: 'admin',
    });
    const ended = await server.call('DELETE', '/v1/session', undefined, { cookie, ...ours });
    expect(ended).toMatchObject({ status: 204 });
    expect(ended.headers['set-cookie']).toMatch(/^__Host-assay-session=; .*Max-Age=0$/);
  });

  it('grants what its key grants', async () => {
    const [reader, operator] = [await session('read'), await session('operate')];
    expect((await read(reader.cookie)).status).toBe(200);
    expect(await write(reader.cookie)).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN', detail: expect.stringContaining('"operate"') },
    });
    const created = await write(operator.cookie);
    expect(created.status).toBe(201);
    const { body } = await read(operator.cookie);
    expect(JSON.stringify(body)).toContain(`exp_${number}`);
    const decisions = `/v1/experiments/exp_${number}/decisions`;
    const started = `/v1/experiments/exp_${number}/start`;
    expect((await server.call('POST', started, {}, { cookie: operator.cookie, ...ours })).status).toBe(200);
    const log = await server.call('GET', decisions, undefined, { cookie: operator.cookie });
    expect(JSON.stringify(log.body)).toContain(`person:${operator.selector}`);
  });

  it.each<Scope>(['evaluate', 'ingest'])(
    'is not opened with a key of scope %s, which sees nothing',
    async (scope) => {
      const { key } = await newKey(scope);
      const answer = await signIn(key);
      expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      expect(answer.headers).not.toHaveProperty('set-cookie');
    },
  );

  it('ends within two seconds after its key was revoked', async () => {
    const { cookie, selector } = await session('read');
    expect((await read(cookie)).status).toBe(200);
    // Revoked by another process: nothing of this one's memory is told.
    const keys = server.app.get(ApiKeyService, { strict: false });
    const records = (keys as unknown as { records: { revoke(selector: string, at: Date): Promise<boolean> } })
      .records;
    expect(await records.revoke(selector, new Date())).toBe(true);
    server.advance(2_000);
    // A look-up that takes longer than 250 ms is stood in for by the answer of before, once.
    let answer = await read(cookie);
    for (let late = 0; late < 20 && answer.status === 200; late += 1) answer = await read(cookie);
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(answer.headers['set-cookie']).toMatch(/Max-Age=0$/);
    const view = await server.call('GET', '/v1/session', undefined, { cookie });
    expect(view.body).toEqual({ needsKey: true, scope: null });
    expect(view.headers['set-cookie']).toMatch(/Max-Age=0$/);
  });

  it('ends after twelve hours', async () => {
    const { cookie } = await session('read');
    server.advance(12 * 3_600_000 - 1_000);
    expect((await read(cookie)).status).toBe(200);
    server.advance(2_000);
    expect((await read(cookie)).status).toBe(401);
  });

  it('cannot be forged', async () => {
    const { cookie } = await session('read');
    const value = cookie.slice(name.length + 1);
    const changed = `${value.slice(0, 40)}${value[40] === 'A' ? 'B' : 'A'}${value.slice(41)}`;
    for (const forged of [
      changed,
      value.slice(1),
      value.repeat(2),
      '',
      'x',
      adminKey,
      '%00',
      'a'.repeat(4_000),
    ]) {
      const answer = await read(`${name}=${forged}`);
      expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    }
    expect((await read(`session=${value}`)).status).toBe(401);
  });

  it('is shared by servers with the same secret, over a rotation, and by no other', async () => {
    const cookie = cookieOf(await signIn(adminKey));
    expect((await read(cookie, {}, other)).status).toBe(200);
    const newer = await other.call('POST', '/v1/session', { key: adminKey }, ours);
    expect((await read(cookieOf(newer), {}, other)).status).toBe(200);
    expect((await read(cookieOf(newer))).status).toBe(401);
  });

  it('is not taken from another site, nor for a write that says not where it comes from', async () => {
    const { cookie } = await session('operate');
    const refused: Record<string, string>[] = [
      { ...ours, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { ...ours, 'sec-fetch-site': 'same-site' },
      { host: ours.host, origin: 'http://localhost:5173' },
      { host: ours.host, origin: 'null' },
      { host: ours.host },
    ];
    for (const headers of refused) {
      const answer = await write(cookie, headers);
      expect(answer).toMatchObject({ status: 403, body: { code: 'FOREIGN_ORIGIN' } });
      expect(answer.headers).not.toHaveProperty('set-cookie');
    }
    expect((await write(cookie, { host: ours.host, origin: ours.origin })).status).toBe(201);
    const asForm = { ...ours, 'content-type': 'text/plain' };
    expect(await server.call('POST', '/v1/experiments', undefined, { cookie, ...asForm })).toMatchObject({
      status: 415,
      body: { code: 'UNSUPPORTED_MEDIA_TYPE' },
    });
    expect((await read(cookie, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  it.each(['POST', 'DELETE'] as const)(
    'takes no %s from another site, whatever else is wrong',
    async (method) => {
      const bodies = [{ key: adminKey }, undefined, { key: 5 }];
      const types = ['application/json', 'text/plain', 'application/x-www-form-urlencoded'];
      const foreign: Record<string, string>[] = [
        { origin: 'https://evil.example' },
        { 'sec-fetch-site': 'cross-site' },
      ];
      for (const said of foreign)
        for (const body of bodies)
          for (const type of types) {
            const answer = await server.call(method, '/v1/session', body, { ...said, 'content-type': type });
            expect(answer).toMatchObject({ status: 403, body: { code: 'FOREIGN_ORIGIN' } });
            expect(answer.headers).not.toHaveProperty('set-cookie');
          }
      const plain = await server.call(method, '/v1/session', { key: adminKey });
      expect(plain.status).toBe(method === 'POST' ? 200 : 204);
    },
  );

  it('does not stand in for a bearer key that is wrong', async () => {
    const { cookie, key } = await session('read');
    const wrong = await read(cookie, { authorization: 'Bearer wrong' });
    expect(wrong.status).toBe(401);
    expect(wrong.headers).not.toHaveProperty('set-cookie');
    const withKey = { authorization: `Bearer ${key}`, 'sec-fetch-site': 'cross-site' };
    expect((await read(cookie, withKey)).status).toBe(200);
  });

  it('is not begun where browsers would drop it, which is said', async () => {
    const answer = await signIn(adminKey, { origin: 'http://10.0.0.5:3000', host: '10.0.0.5:3000' });
    expect(answer).toMatchObject({ status: 403, body: { code: 'INSECURE_CONNECTION' } });
    expect(answer.headers).not.toHaveProperty('set-cookie');
  });

  it('makes whoever guesses keys wait, and nobody else', async () => {
    server.advance(60_000);
    const guesses = await Promise.all(
      Array.from({ length: 15 }, (_, guess) => signIn(`guess-number-${guess}`)),
    );
    expect(guesses.map(({ status }) => status).sort()).toEqual([
      ...Array(10).fill(401),
      ...Array(5).fill(429),
    ]);
    const late = await signIn(adminKey);
    expect(late).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } });
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(50);
    const { key } = await newKey('read');
    expect((await read('', { authorization: `Bearer ${key}` })).status).toBe(200);
    server.advance(60_000);
    expect((await signIn(adminKey)).status).toBe(200);
  });

  it('holds for the live stream as well', async () => {
    const { cookie } = await session('read');
    expect((await server.call('HEAD', '/v1/live', undefined, { cookie })).status).toBe(200);
    expect((await server.call('GET', '/v1/live', undefined, { cookie: `${name}=x` })).status).toBe(401);
  });
});

describe('a server without keys', () => {
  it('asks nobody to sign in', async () => {
    const server = await startServer();
    try {
      const answer = await server.call('GET', '/v1/session', undefined, { cookie: `${name}=left-over` });
      expect(answer.body).toEqual({ needsKey: false, scope: null });
      expect((await server.call('POST', '/v1/session', { key: 'any' })).status).toBe(401);
    } finally {
      await server.close();
    }
  }, 60_000);
});
