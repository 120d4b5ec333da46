import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SchedulerRegistry } from '@nestjs/schedule';
import { BUCKETING_OPTIONS, type BucketingOptions } from '../../src/bucketing/bucketing.options.js';
import { Salts } from '../../src/experiments/salts.service.js';
import { Clock } from '../../src/operations/clock.js';
import { readConfiguration } from '../../src/operations/configuration/read-configuration.js';
import { createServer } from '../../src/server.factory.js';
import { scratchDatabaseIfAny } from '../database/services.fixture.js';

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

let salts = 0;

export async function startServer(environment: Record<string, string> = {}): Promise<StartedServer> {
  const database = await scratchDatabaseIfAny();
  const app = await createServer(
    readConfiguration({
      ASSAY_LOG_LEVEL: 'fatal',
      ASSAY_DATA_DIR: 'memory://',
      ...(database ? { DATABASE_URL: database.url } : {}),
      ...(process.env['REDIS_URL'] ? { REDIS_URL: process.env['REDIS_URL'] } : {}),
      ...environment,
    }),
  );
  if (!environment['DATABASE_URL']) waitForPins(app);
  // Who is drawn where is the same in every run.
  app.get(Salts, { strict: false }).draw = () => `salt ${++salts}`;
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  // Who names a database of its own wants to see how the server does without it.
  if (!environment['DATABASE_URL']) await untilReady(app);
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

/** On a busy machine a unit's first assignment may be found too late to be served; a test wants to see it all the same. */
export function waitForPins(app: INestApplicationContext): void {
  const options: { -readonly [Name in keyof BucketingOptions]: BucketingOptions[Name] } = app.get(
    BUCKETING_OPTIONS,
    { strict: false },
  );
  options.pinDeadline = 30_000;
}

/** On a busy machine the database may answer too late for the boot, which then goes on by itself. */
async function untilReady(app: NestFastifyApplication): Promise<void> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const { statusCode, body } = await app.inject('/health/ready');
    if (statusCode === 200) return;
    if (performance.now() > deadline) throw new Error(`Not ready after 30 seconds: ${body}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
