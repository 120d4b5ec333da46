import { type INestApplication, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ProblemFilter } from '../../../src/operations/problem/problem.filter.js';
import { SchemaValidationPipe } from '../../../src/operations/problem/schema-validation.pipe.js';
import { ThingController } from '../server.fixture.js';

@Module({
  controllers: [ThingController],
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useClass: SchemaValidationPipe },
  ],
})
class UserModule {}

const adapters: [string, Type<ExpressAdapter | FastifyAdapter>][] = [
  ['Express', ExpressAdapter],
  ['Fastify', FastifyAdapter],
];

describe.each(adapters)('The problem filter in a user’s own application on %s', (_, Adapter) => {
  let app: INestApplication;
  afterEach(() => app.close());

  async function ask(path: string, body?: string) {
    const testing = await Test.createTestingModule({ imports: [UserModule] }).compile();
    app = testing.createNestApplication(new Adapter(), { logger: false });
    await app.listen(0, '127.0.0.1');
    const headers = { 'content-type': 'application/json', 'x-request-id': 'probe-1' };
    const answer = await fetch(
      `${await app.getUrl()}${path}`,
      body === undefined ? { headers } : { method: 'POST', headers, body },
    );
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('x-request-id')).toBeTruthy();
    return { status: answer.status, problem: (await answer.json()) as Record<string, unknown> };
  }

  it.each<[string, string, string | undefined, number, string]>([
    ['a refusal of a handler', '/v1/conflict', undefined, 409, 'EXPERIMENT_LOCKED'],
    ['an address without a route', '/nothing?secret=1', undefined, 404, 'NOT_FOUND'],
    ['a fault of ours', '/v1/broken', undefined, 500, 'INTERNAL'],
    ['a body that is no JSON', '/v1/things', '{"name":', 400, 'INVALID_REQUEST'],
    ['a body that does not fit its schema', '/v1/things', '{"name":""}', 400, 'INVALID_REQUEST'],
    ['a NUL character', '/v1/things', '{"name":"\\u0000"}', 400, 'INVALID_REQUEST'],
    ['a poisoned prototype', '/v1/things', '{"name":"x","nested":{"__proto__":{}}}', 400, 'INVALID_REQUEST'],
    ['a body of 10 MB', '/v1/things', ' '.repeat(10 * 1024 * 1024), 413, 'PAYLOAD_TOO_LARGE'],
    ['a NUL character in the path', '/v1/things/%00', undefined, 400, 'INVALID_REQUEST'],
  ])('answers %s', async (_title, path, body, status, code) => {
    const answer = await ask(path, body);
    expect(answer).toMatchObject({ status, problem: { status, code, instance: path.replace(/\?.*/, '') } });
    expect(JSON.stringify(answer.problem)).not.toMatch(/relation|srv\/assay/);
  });
});
