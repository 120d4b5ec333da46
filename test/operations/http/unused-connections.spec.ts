import { once } from 'node:events';
import { connect } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Module } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { endUnusedConnections } from '../../../src/operations/http/unused-connections.setup.js';

@Module({})
class EmptyModule {}

describe('a server that closes', () => {
  it('does not wait for a connection on which nothing was ever asked', async () => {
    const testing = await Test.createTestingModule({ imports: [EmptyModule] }).compile();
    const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), {
      logger: false,
    });
    endUnusedConnections(app.getHttpAdapter().getInstance());
    await app.listen(0, '127.0.0.1');
    const socket = connect(Number(new URL(await app.getUrl()).port), '127.0.0.1');
    await once(socket, 'connect');
    // Closed by the server, and not by a timeout after a minute: the test's own limit is half of that.
    const ended = once(socket, 'close');
    await app.close();
    await ended;
  });
});
