import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** A request of the demo that its own server refused: the demo and the server do not go together. */
export class DemoError extends Error {}

/** The whole server in this process: asked over its own HTTP interface, without a network. */
export class DemoServer {
  constructor(readonly app: NestFastifyApplication) {}

  /** A provider of the server. */
  get<Provider>(type: Type<Provider> | (abstract new (...words: never[]) => Provider)): Provider {
    return this.app.get<Provider>(type, { strict: false });
  }

  /** The body of the answer; throws {@link DemoError} unless the request succeeds. */
  async need(method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, body?: object): Promise<unknown> {
    const response = await this.app.inject({
      method,
      url,
      ...(method === 'GET'
        ? {}
        : { headers: { 'content-type': 'application/json' }, payload: JSON.stringify(body ?? {}) }),
    });
    if (response.statusCode >= 300)
      throw new DemoError(`${method} ${url} was answered ${response.statusCode}: ${response.body}`);
    return JSON.parse(response.body);
  }
}
