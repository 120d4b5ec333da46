import { afterEach, describe, expect, it } from '@jest/globals';
import { ApiKeyService } from '../../../src/operations/access/api-key.service.js';
import { listRoutes } from '../../../src/operations/access/route-list.explorer.js';
import type { Problem } from '../../../src/operations/problem/problem.js';
import { SCOPES, type Scope } from '../../../src/operations/scope.js';
import { startServer, type Fixture } from '../server.fixture.js';

const adminKey = 'the-first-admin-key-of-this-server';
const ROUTES = [
  ['POST', '/v1/things'],
  ['GET', '/v1/things'],
  ['GET', '/v1/things/x'],
  ['POST', '/v1/outcomes'],
  ['GET', '/metrics'],
] as const;

describe('The access guard', () => {
  let fixture: Fixture;
  afterEach(() => fixture.app.close());

  const ask = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'POST' = 'GET') => {
    const body = method === 'POST' ? { payload: { name: 'x', outcomes: [] } } : {};
    return fixture.app.inject({ method, url, headers: { host: 'localhost:3000', ...headers }, ...body });
  };

  it('lets each scope use exactly the routes it is made for', async () => {
    fixture = await startServer({ ASSAY_ADMIN_KEY: adminKey });
    const service = fixture.app.get(ApiKeyService);
    const admitted: Record<string, string[]> = {};
    for (const scope of SCOPES) {
      const { key } = await service.create(scope, scope);
      const answers = await Promise.all(
        ROUTES.map(([method, url]) => ask(url, { authorization: `Bearer ${key}` }, method)),
      );
      admitted[scope] = ROUTES.filter((_, position) => answers[position]?.statusCode !== 403).map((route) =>
        route.join(' '),
      );
      expect(answers.map((answer) => answer.statusCode)).not.toContain(401);
    }
    const [create, list, read, ingest, metrics] = ROUTES.map((route) => route.join(' '));
    expect(admitted).toEqual({
      admin: [create, list, read, ingest, metrics],
      operate: [create, list, read, metrics],
      read: [list, read, metrics],
      evaluate: [read],
      ingest: [ingest],
    } satisfies Record<Scope, unknown>);
  });

  it('gives one and the same 401 to a missing, unknown, revoked and malformed key', async () => {
    fixture = await startServer({ ASSAY_ADMIN_KEY: adminKey });
    const service = fixture.app.get(ApiKeyService);
    const revoked = await service.create('admin', 'old');
    await service.revoke(revoked.record.selector);
    const unknown = await service.create('admin', 'unknown');
    fixture.keys.rows.delete(unknown.record.selector);
    const headers = [
      '',
      `Bearer ${revoked.key}`,
      `Bearer ${unknown.key}`,
      'Bearer x',
      'Basic Zm9v',
      `Bearer ${adminKey} `.repeat(2),
    ];
    const answers = await Promise.all(
      headers.map((authorization) =>
        ask('/v1/things', { 'x-request-id': 'same', ...(authorization ? { authorization } : {}) }),
      ),
    );
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
    expect(answers[0]?.json()).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(answers[0]?.headers['www-authenticate']).toBe('Bearer realm="assay"');
  });

  it('names the scope that is missing', async () => {
    fixture = await startServer({ ASSAY_ADMIN_KEY: adminKey });
    const { key } = await fixture.app.get(ApiKeyService).create('ingest', 'logger');
    const answer = await ask('/v1/things/x', { authorization: `Bearer ${key}` });
    expect(answer.json<Problem>()).toMatchObject({
      status: 403,
      code: 'FORBIDDEN',
      detail: expect.stringContaining('"read" or "evaluate"'),
    });
  });

  it('closes a route that declares no access, to everyone', async () => {
    fixture = await startServer({ ASSAY_ADMIN_KEY: adminKey });
    expect((await ask('/v1/undeclared', { authorization: `Bearer ${adminKey}` })).statusCode).toBe(403);
    await fixture.app.close();
    fixture = await startServer();
    expect((await ask('/v1/undeclared')).statusCode).toBe(403);
  });

  it('serves this machine without keys, and no foreign site', async () => {
    fixture = await startServer();
    expect((await ask('/v1/things')).statusCode).toBe(200);
    expect((await ask('/v1/things', { host: 'evil.example' })).json()).toMatchObject({
      status: 403,
      code: 'FOREIGN_ORIGIN',
    });
    expect((await ask('/health', { host: 'evil.example' })).statusCode).toBe(403);
    expect((await ask('/v1/things', { origin: 'https://evil.example' })).statusCode).toBe(403);
  });

  it('asks for a key as soon as there is one', async () => {
    fixture = await startServer();
    await fixture.app.get(ApiKeyService).create('read', 'first');
    expect((await ask('/v1/things')).statusCode).toBe(401);
    expect((await ask('/health/live')).statusCode).toBe(200);
  });

  it('serves nobody without keys on an address that others reach', async () => {
    fixture = await startServer({ HOST: '0.0.0.0' });
    expect((await ask('/v1/things')).statusCode).toBe(401);
    expect((await ask('/health/live', { host: '10.1.2.3:3000' })).statusCode).toBe(200);
  });

  it('keeps public routes open while the database is away, and answers 503 on the others', async () => {
    fixture = await startServer();
    fixture.keys.failure = 'rejects';
    expect((await ask('/health/live')).statusCode).toBe(200);
    const answer = await ask('/v1/things');
    expect(answer.json()).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
    expect(answer.body).not.toContain('10.0.0.7');
  });

  it('can be listed, route by route', async () => {
    fixture = await startServer();
    expect(listRoutes(fixture.app).map(({ method, path, access }) => `${method} ${path} ${access}`)).toEqual([
      'GET /health public',
      'GET /health/live public',
      'GET /health/ready public',
      'GET /metrics read',
      'GET /v1/broken read',
      'GET /v1/conflict read',
      'POST /v1/experiments/:key/import ingest',
      'POST /v1/feedback public',
      'POST /v1/outcomes ingest',
      'GET /v1/teapot read',
      'GET /v1/things read',
      'POST /v1/things operate',
      'GET /v1/things/:key read|evaluate',
      'GET /v1/undeclared undeclared',
    ]);
  });
});
