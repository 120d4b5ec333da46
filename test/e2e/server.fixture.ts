import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Client } from 'pg';
import { randomBytes } from 'node:crypto';
import { Clock } from '../../src/operations/clock.js';
import { readConfiguration } from '../../src/operations/configuration/read-configuration.js';
import { createServer } from '../../src/server.factory.js';

export interface Answer {
  readonly status: number;
  readonly body: ReturnType<typeof JSON.parse>;
  readonly headers: Record<string, unknown>;
}

/** A whole server in this process: on the embedded database, or on a fresh database of DATABASE_URL's server. */
export interface StartedServer {
  readonly app: NestFastifyApplication;
  call(method: string, url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The server's present instant. */
  now(): Date;
  /** Lets that much time pass at once. */
  advance(milliseconds: number): void;
  /** Stops the timers of scheduled work: from now on a test calls the jobs itself. */
  stopTimers(): void;
  close(): Promise<void>;
}

export async function startServer(environment: Record<string, string> = {}): Promise<StartedServer> {
  const database = process.env['DATABASE_URL'] ? await freshDatabase(process.env['DATABASE_URL']) : null;
  const app = await createServer(
    readConfiguration({
      ASSAY_LOG_LEVEL: 'fatal',
      ASSAY_DATA_DIR: 'memory://',
      ...(database ? { DATABASE_URL: database.url } : {}),
      ...(process.env['REDIS_URL'] ? { REDIS_URL: process.env['REDIS_URL'] } : {}),
      ...environment,
    }),
  );
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const clock = app.get(Clock);
  const present = clock.now.bind(clock);
  let ahead = 0;
  clock.now = () => new Date(present().getTime() + ahead);
  return {
    app,
    now: () => clock.now(),
    advance(milliseconds) {
      ahead += milliseconds;
    },
    stopTimers() {
      const schedule = app.get(SchedulerRegistry, { strict: false });
      for (const name of schedule.getIntervals()) schedule.deleteInterval(name);
    },
    async call(method, url, body, headers = {}) {
      const type = typeof body === 'string' ? 'application/x-ndjson' : 'application/json';
      const response = await app.inject({
        method: method as 'GET',
        url,
        headers: { ...(method === 'GET' ? {} : { 'content-type': type }), ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      const isJson = /[/+]json/.test(String(response.headers['content-type']));
      return {
        status: response.statusCode,
        body: isJson ? JSON.parse(response.body) : response.body,
        headers: response.headers,
      };
    },
    async close() {
      await app.close();
      await database?.drop();
    },
  };
}

/** An empty database beside the one of the URL, dropped afterwards. */
export async function freshDatabase(url: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `assay_test_${randomBytes(6).toString('hex')}`;
  await administer(url, `CREATE DATABASE ${name}`);
  const fresh = new URL(url);
  fresh.pathname = `/${name}`;
  return { url: fresh.href, drop: () => administer(url, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
