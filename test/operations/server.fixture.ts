import { Body, Controller, Get, HttpException, Module, Param, Post, Query, Req } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { z } from 'zod';
import { ApiKeyRecords } from '../../src/operations/access/api-key.js';
import { ApiKeyStorageModule } from '../../src/operations/access/api-key-storage.module.js';
import { AssayError } from '../../src/operations/assay-error.js';
import { Clock } from '../../src/operations/clock.js';
import {
  readConfiguration,
  type Environment,
} from '../../src/operations/configuration/read-configuration.js';
import { createHttpAdapter } from '../../src/operations/http/http-adapter.factory.js';
import { configureHttp } from '../../src/operations/http/http.setup.js';
import { setupOpenApi } from '../../src/operations/openapi.setup.js';
import { OperationsModule } from '../../src/operations/operations.module.js';
import { Public } from '../../src/operations/public.decorator.js';
import { RequiresScope } from '../../src/operations/requires-scope.decorator.js';
import { ServerModule } from '../../src/operations/server.module.js';
import { MemoryKeys } from './memory-keys.js';

export const Thing = z.strictObject({
  name: z.string().min(1),
  weight: z.number().min(0).default(1),
  token: z.string().min(20).optional(),
  nested: z.record(z.string(), z.unknown()).default({}),
});

/** A controller with one route of each kind. */
@Controller('v1')
export class ThingController {
  @Post('things')
  @RequiresScope('operate')
  create(@Body({ schema: Thing }) thing: z.infer<typeof Thing>) {
    return thing;
  }

  @Get('things')
  @RequiresScope('read')
  list(
    @Query({ schema: z.object({ limit: z.coerce.number().int().max(100).default(20) }) })
    query: {
      limit: number;
    },
  ) {
    return query;
  }

  @Get('things/:key')
  @RequiresScope('read', 'evaluate')
  read(@Param('key') key: string) {
    return { key };
  }

  @Get('broken')
  @RequiresScope('read')
  broken() {
    throw new Error('relation "api_key" does not exist at /srv/assay/dist/store.js');
  }

  @Get('conflict')
  @RequiresScope('read')
  conflict() {
    throw new AssayError('EXPERIMENT_LOCKED', 'Experiment x is running; clone it.');
  }

  @Get('teapot')
  @RequiresScope('read')
  teapot() {
    throw new HttpException('short and stout', 418);
  }

  @Post('outcomes')
  @RequiresScope('ingest')
  outcomes(@Body() body: { outcomes: unknown[] }) {
    return { received: body.outcomes.length };
  }

  @Post('feedback')
  @Public()
  feedback(@Body({ schema: z.strictObject({ token: z.string() }) }) body: { token: string }) {
    return { recorded: body.token !== '' };
  }

  @Post('experiments/:key/import')
  @RequiresScope('ingest')
  async import(@Req() request: { body: AsyncIterable<Buffer> }) {
    let bytes = 0;
    for await (const chunk of request.body) bytes += chunk.length;
    return { bytes };
  }

  @Get('undeclared')
  undeclared() {
    return 'nobody sees this';
  }
}

@Module({})
class MemoryKeysModule {}

@Module({ controllers: [ThingController] })
class ThingModule {}

export interface Fixture {
  readonly app: NestFastifyApplication;
  readonly keys: MemoryKeys;
}

/** A whole server with the things above, keys in memory, and the clock of the test if it brings one. */
export async function startServer(environment: Environment = {}, clock?: Clock): Promise<Fixture> {
  const configuration = readConfiguration(environment);
  const keys = new MemoryKeys();
  let building = Test.createTestingModule({
    imports: [OperationsModule.forRoot(configuration), ServerModule, ThingModule],
  })
    .overrideModule(ApiKeyStorageModule)
    .useModule({
      module: MemoryKeysModule,
      providers: [{ provide: ApiKeyRecords, useValue: keys }],
      exports: [ApiKeyRecords],
    });
  if (clock) building = building.overrideProvider(Clock).useValue(clock);
  const testing = await building.compile();
  const options = { bodyParser: false, logger: false } as const;
  const app = testing.createNestApplication<NestFastifyApplication>(
    createHttpAdapter(configuration),
    options,
  );
  configureHttp(app, configuration);
  setupOpenApi(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return { app, keys };
}
