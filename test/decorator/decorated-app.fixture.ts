import { Module, type INestApplication, type Provider, type Type } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { AssignmentService } from '../../src/bucketing/assignment.service.js';
import { BucketingModule } from '../../src/bucketing/bucketing.module.js';
import { UnitLinks } from '../../src/bucketing/links/unit-links.service.js';
import { RegistryService } from '../../src/experiments/registry.service.js';
import { GenerationLog } from '../../src/generations/generation-log.service.js';
import { GenerationsModule } from '../../src/generations/generations.module.js';
import type { GenerationSubject } from '../../src/generations/observed-generation.js';
import type { GenerationEvent } from '../../src/llm/generation-metrics.js';
import { MetricsModule } from '../../src/metrics/metrics.module.js';
import { OutcomeService } from '../../src/metrics/outcome.service.js';
import { DecoratorModule } from '../../src/decorator/decorator.module.js';
import type { DecoratorOptions } from '../../src/decorator/decorator.options.js';
import { RetryService } from '../../src/signals/retry.service.js';
import { SignalsModule } from '../../src/signals/signals.module.js';
import { FakeAssignments, FakeOutcomes, FakeRegistry, FakeUnitLinks } from './fakes.js';

export const platforms = ['fastify', 'express'] as const;
export type Platform = (typeof platforms)[number];

export const visitorKey = Buffer.from('key of the visitor cookie, for tests');

@Module({})
class FakeBucketingModule {}

@Module({})
class FakeMetricsModule {}

@Module({})
class FakeGenerationsModule {}

@Module({})
class FakeSignalsModule {}

export interface DecoratedApp {
  readonly app: INestApplication;
  readonly address: string;
  readonly port: number;
  readonly registry: FakeRegistry;
  readonly assignments: FakeAssignments;
  readonly outcomes: FakeOutcomes;
  readonly links: FakeUnitLinks;
  /** What was handed to the generation log. */
  readonly logged: { subject: GenerationSubject; event: GenerationEvent }[];
  readonly close: () => Promise<void>;
}

export interface AppParts {
  readonly controllers: Type[];
  readonly providers?: Provider[];
  readonly options?: Partial<DecoratorOptions>;
  readonly registry?: FakeRegistry;
}

/** An application with those controllers, on a real socket, with Assay's engine faked. */
export async function startApp(platform: Platform, parts: AppParts): Promise<DecoratedApp> {
  const registry = parts.registry ?? new FakeRegistry().add({ key: 'exp_summarize_v2' });
  const assignments = new FakeAssignments(registry);
  const outcomes = new FakeOutcomes();
  const links = new FakeUnitLinks();
  const logged: DecoratedApp['logged'] = [];
  const log = {
    record: (subject: GenerationSubject, event: GenerationEvent) => logged.push({ subject, event }),
  };
  const testing = await Test.createTestingModule({
    imports: [DecoratorModule.forRoot({ visitorKeys: () => [visitorKey], ...parts.options })],
    controllers: parts.controllers,
    providers: parts.providers ?? [],
  })
    .overrideModule(BucketingModule)
    .useModule(
      fakeModule(FakeBucketingModule, [
        { provide: RegistryService, useValue: registry },
        { provide: AssignmentService, useValue: assignments },
        { provide: UnitLinks, useValue: links },
      ]),
    )
    .overrideModule(MetricsModule)
    .useModule(fakeModule(FakeMetricsModule, [{ provide: OutcomeService, useValue: outcomes }]))
    .overrideModule(GenerationsModule)
    .useModule(fakeModule(FakeGenerationsModule, [{ provide: GenerationLog, useValue: log }]))
    .overrideModule(SignalsModule)
    .useModule(
      fakeModule(FakeSignalsModule, [{ provide: RetryService, useValue: { observe: () => undefined } }]),
    )
    .compile();
  const adapter = platform === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
  const app = testing.createNestApplication(adapter, { logger: false });
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
  const close = () => app.close();
  return {
    app,
    address: `http://127.0.0.1:${port}`,
    port,
    registry,
    assignments,
    outcomes,
    links,
    logged,
    close,
  };
}

function fakeModule(module: Type, providers: { provide: Type; useValue: unknown }[]) {
  return { module, providers, exports: providers.map(({ provide }) => provide) };
}
