import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from '../../../src/operations/problem/problem.js';
import { BAD_REQUESTS, json } from './bad-requests.js';
import { startServer, type Fixture } from '../server.fixture.js';

describe('A bad request', () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await startServer();
  });
  afterAll(() => fixture.app.close());

  it.each(BAD_REQUESTS)('with $title is answered $status $code as problem+json', async (request) => {
    const method = request.method ?? 'POST';
    const answer = await fixture.app.inject({
      method,
      url: request.url ?? '/v1/things',
      headers: {
        host: 'localhost:3000',
        'x-request-id': 'probe-1',
        ...(request.headers ?? (method === 'GET' ? {} : json)),
      },
      ...(request.body === undefined ? {} : { payload: request.body }),
    });
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    const problem = answer.json<Problem>();
    expect({ status: answer.statusCode, code: problem.code }).toEqual({
      status: request.status,
      code: request.code,
    });
    expect(problem).toMatchObject({
      status: request.status,
      requestId: 'probe-1',
      title: expect.any(String),
    });
    expect(answer.headers['x-request-id']).toBe('probe-1');
    expect(problem.instance).not.toContain('?');
    if (request.pointer !== undefined) expect(problem.errors?.[0]?.pointer).toBe(request.pointer);
  });

  it('says what was received and what to do, and keeps secrets to itself', async () => {
    const payload = { name: '', token: 'hunter2', weight: 'heavy' };
    const answer = await fixture.app.inject({
      method: 'POST',
      url: '/v1/things',
      headers: { host: '127.0.0.1' },
      payload,
    });
    const problem = answer.json<Problem>();
    expect(problem.errors).toEqual([
      { pointer: '/name', message: expect.stringContaining('(received "")') },
      { pointer: '/weight', message: expect.stringContaining('(received "heavy")') },
      { pointer: '/token', message: expect.stringContaining('a hidden string of 7 characters') },
    ]);
    expect(answer.body).not.toContain('hunter2');
    expect(problem.detail).toContain('send it again');
  });

  it('gets back the text that was no number, not what was made of it', async () => {
    const answer = await fixture.app.inject({ url: '/v1/things?limit=many', headers: { host: '127.0.0.1' } });
    const problem = answer.json<Problem>();
    expect(problem.errors).toEqual([{ pointer: '/limit', message: 'give a number (received "many")' }]);
  });

  it('that meets a fault of ours learns nothing about our insides', async () => {
    const answer = await fixture.app.inject({ url: '/v1/broken', headers: { host: 'localhost' } });
    expect(answer.statusCode).toBe(500);
    expect(answer.json<Problem>()).toMatchObject({ code: 'INTERNAL', instance: '/v1/broken' });
    expect(answer.body).not.toMatch(/relation|api_key|srv|store\.js/);
  });

  it('that a handler refuses keeps the reason and the advice', async () => {
    const answer = await fixture.app.inject({ url: '/v1/conflict', headers: { host: 'localhost' } });
    expect(answer.json()).toMatchObject({
      status: 409,
      code: 'EXPERIMENT_LOCKED',
      detail: 'Experiment x is running; clone it.',
    });
  });
});
