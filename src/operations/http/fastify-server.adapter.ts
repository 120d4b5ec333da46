import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Fastify's own server under Nest. */
export type Server = ReturnType<ReturnType<NestFastifyApplication['getHttpAdapter']>['getInstance']>;

type Handler = Parameters<Server['route']>[0]['handler'];

export type FastifyRequest = Parameters<Handler>[0];
export type FastifyReply = Parameters<Handler>[1];
