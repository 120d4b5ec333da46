import { Module, type INestApplication } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { AddressInfo } from 'node:net';
import { AnalysisModule } from '../../src/analysis/analysis.module.js';
import { AnalysisService } from '../../src/analysis/analysis.service.js';
import { AssignmentService } from '../../src/bucketing/assignment.service.js';
import { UnitLinks } from '../../src/bucketing/links/unit-links.service.js';
import { BucketingModule } from '../../src/bucketing/bucketing.module.js';
import { DecoratorModule } from '../../src/decorator/decorator.module.js';
import { ExampleModule } from '../../src/example/example.module.js';
import { RegistryService } from '../../src/experiments/registry.service.js';
import { GenerationLog } from '../../src/generations/generation-log.service.js';
import { GenerationsModule } from '../../src/generations/generations.module.js';
import { RetryService } from '../../src/signals/retry.service.js';
import { SignalsModule } from '../../src/signals/signals.module.js';
import { LlmService } from '../../src/llm/llm.service.js';
import { SimulatedClient } from '../../src/llm/simulated/simulated.client.js';
import { FeedbackService } from '../../src/metrics/feedback.service.js';
import { MetricsModule } from '../../src/metrics/metrics.module.js';
import { OutcomeService } from '../../src/metrics/outcome.service.js';
import { AssayError } from '../../src/operations/assay-error.js';
import { ProblemFilter } from '../../src/operations/problem/problem.filter.js';
import { endUnusedConnections } from '../../src/operations/http/unused-connections.setup.js';
import { SchemaValidationPipe } from '../../src/operations/problem/schema-validation.pipe.js';
import { FakeAssignments, FakeOutcomes, FakeRegistry, FakeUnitLinks } from '../decorator/fakes.js';

@Module({})
class FakeEngineModule {}

@Module({})
class FakeAnalysisModule {}

/** Notes ratings; knows the users whom the fake assignments exposed. */
class FakeRatings extends FakeOutcomes {
  readonly ratings: unknown[] = [];

  constructor(private readonly assignments: FakeAssignments) {
    super();
  }

  accept([{ unit, experiment, metrics }]: [{ unit: string | null; experiment: string; metrics: unknown }]) {
    if (!this.assignments.exposed.some(({ unitId }) => unitId === unit)) {
      return Promise.resolve([
        { id: null, status: 'refused', code: 'NEVER_EXPOSED', detail: 'never exposed' },
      ]);
    }
    this.ratings.push({ unit, experiment, metrics });
    return Promise.resolve([{ id: 'x', status: 'accepted' }]);
  }

  feedback(rating: { token: string; metrics: unknown }): Promise<void> {
    if (rating.token.endsWith('forged')) throw new AssayError('INVALID_TOKEN', 'forged');
    this.ratings.push(rating);
    return Promise.resolve();
  }
}

export interface ExampleApp {
  readonly app: INestApplication;
  readonly assignments: FakeAssignments;
  readonly outcomes: FakeRatings;
  post(
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: unknown }>;
  get(path: string): Promise<{ status: number; body: unknown }>;
}

/** The example with a simulated model that answers at once, and Assay's engine faked. */
export async function startExample({ timeScale = 0 } = {}): Promise<ExampleApp> {
  const registry = new FakeRegistry().add({
    key: 'exp_summarize_v2',
    variants: ['control', 'treatment'].map((key) => ({
      key,
      name: key,
      weight: 50,
      promptVersion: null,
      config: { model: 'claude-haiku-4-5', systemPrompt: 'Summarize in one sentence.' },
    })),
  });
  const assignments = new FakeAssignments(registry);
  const outcomes = new FakeRatings(assignments);
  const llm = new LlmService(new SimulatedClient({ timeScale, errorRate: 0 }));
  const analysis = { reportWithExperiment: (key: string) => Promise.resolve(emptyReport(registry, key)) };
  const engine = [
    { provide: RegistryService, useValue: registry },
    { provide: AssignmentService, useValue: assignments },
    { provide: UnitLinks, useValue: new FakeUnitLinks() },
    { provide: OutcomeService, useValue: outcomes },
    { provide: FeedbackService, useValue: outcomes },
    { provide: LlmService, useValue: llm },
    { provide: GenerationLog, useValue: { record: () => undefined } },
    { provide: RetryService, useValue: { observe: () => undefined } },
  ];
  const exports = engine.map(({ provide }) => provide);
  const analyses = [{ provide: AnalysisService, useValue: analysis }];
  const testing = await Test.createTestingModule({
    imports: [DecoratorModule.forRoot({ visitorKeys: () => [Buffer.from('key')] }), ExampleModule],
    providers: [
      { provide: APP_PIPE, useClass: SchemaValidationPipe },
      { provide: APP_FILTER, useClass: ProblemFilter },
    ],
  })
    .overrideModule(BucketingModule)
    .useModule({ module: FakeEngineModule, global: true, providers: engine, exports })
    .overrideModule(MetricsModule)
    .useModule({ module: FakeEngineModule, global: true, providers: engine, exports })
    .overrideModule(GenerationsModule)
    .useModule({ module: FakeEngineModule, global: true, providers: engine, exports })
    .overrideModule(SignalsModule)
    .useModule({ module: FakeEngineModule, global: true, providers: engine, exports })
    .overrideModule(AnalysisModule)
    .useModule({ module: FakeAnalysisModule, providers: analyses, exports: [AnalysisService] })
    .compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  endUnusedConnections(app.getHttpAdapter().getInstance());
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const ask = async (path: string, request: RequestInit) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, request);
    return { status: response.status, body: await response.json() };
  };
  const post: ExampleApp['post'] = (path, body, headers = {}) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  return { app, assignments, outcomes, post, get: (path) => ask(path, {}) };
}

function emptyReport(registry: FakeRegistry, key: string) {
  const entry = registry.get(key);
  if (!entry) throw new AssayError('EXPERIMENT_NOT_FOUND', `There is no experiment "${key}".`);
  const { experiment } = entry;
  const variants = experiment.variants.map((variant) => ({ key: variant.key, units: 0 }));
  return { experiment, report: { variants, metrics: [] } };
}
