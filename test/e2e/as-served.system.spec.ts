import { Body, Controller, HttpCode, Injectable, Module, Post, type CanActivate } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AssayModule } from '../../src/assay.module.js';
import type { AssignedVariant } from '../../src/decorator/assigned-variant.js';
import { Experiment } from '../../src/decorator/experiment.decorator.js';
import { Variant } from '../../src/decorator/variant.decorator.js';
import { GenerationLog } from '../../src/generations/generation-log.service.js';
import { LlmService } from '../../src/llm/llm.service.js';
import { Clock } from '../../src/operations/clock.js';
import { readConfiguration } from '../../src/operations/configuration/read-configuration.js';
import { scratchDatabaseIfAny } from '../database/services.fixture.js';
import { dialects } from '../llm/dialects.fixture.js';
import { answering, ProviderServer } from '../llm/provider-server.fixture.js';

const old = { model: 'old-model' };
const experiment = {
  key: 'fallen',
  control: 'control',
  variants: [
    { key: 'control', config: old },
    { key: 'treatment', config: { model: 'new-model', fallbackConfig: old } },
  ],
  metrics: { primary: 'user_rating', window: 'PT1H' },
};

@Controller()
class AnswerController {
  constructor(private readonly llm: LlmService) {}

  @Post('answer')
  @HttpCode(200)
  @Experiment('fallen', { unit: (request) => String(request.headers['x-user']) })
  async answer(@Variant() { config, token }: AssignedVariant, @Body() { text }: { text: string }) {
    const { isFallback } = await this.llm.generate(config, text);
    return { token, isFallback };
  }
}

@Injectable()
class EverybodyGuard implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

describe('a variant whose model fails at times, with a fallback', () => {
  let provider: ProviderServer;
  let app: NestExpressApplication;
  let url: string;
  let drop: () => Promise<void> = () => Promise.resolve();
  const ratings = { own: [] as number[], fallback: [] as number[], control: [] as number[] };

  beforeAll(async () => {
    provider = await ProviderServer.start(dialects.openai);
    const database = await scratchDatabaseIfAny();
    if (database) drop = () => database.drop();
    const configuration = readConfiguration({
      ASSAY_DATA_DIR: 'memory://',
      OPENAI_BASE_URL: provider.url,
      ...(database ? { DATABASE_URL: database.url } : {}),
    });
    const routes = { guard: EverybodyGuard };
    @Module({
      imports: [AssayModule.forRoot({ configuration, experiments: [experiment], autoStart: true, routes })],
      controllers: [AnswerController],
    })
    class OwnModule {}
    app = await NestFactory.create<NestExpressApplication>(OwnModule, {
      logger: ['fatal'],
      abortOnError: false,
    });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterAll(async () => {
    await app.close();
    await provider.stop();
    await drop();
  });

  const post = async (path: string, body: object, user = '') => {
    const headers = { 'content-type': 'application/json', 'x-user': user };
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, variant: answer.headers.get('assay-variant'), text: await answer.text() };
  };
  const read = async (path: string) => (await fetch(`${url}/v1/experiments/fallen/${path}`)).text();

  it('is reported as assigned and as served, and the two are told apart', async () => {
    let asked = 0;
    provider.plan(async (request) => {
      const model = String(provider.received[request.earlier]?.body['model']);
      // Every fourth question is too much for the new model.
      const fails = model === 'new-model' && asked++ % 4 === 0;
      if (!fails) return answering({ ...request, answer: { ...request.answer, model } });
      request.response.writeHead(400, { 'content-type': 'application/json' });
      request.response.end(JSON.stringify(request.dialect.error('invalid_request_error')));
    });
    for (let number = 0; number < 120; number += 1) {
      const { status, variant, text } = await post(
        '/answer',
        { text: 'When does water boil?' },
        `user-${number}`,
      );
      expect(status).toBe(200);
      const { token, isFallback } = JSON.parse(text) as { token: string; isFallback: boolean };
      const group = isFallback ? 'fallback' : variant === 'control' ? 'control' : 'own';
      const rating = { own: 4, fallback: 2, control: 3 }[group] + (number % 2);
      ratings[group].push(rating);
      const sent = await post('/v1/feedback', { token, metrics: { user_rating: rating } });
      expect(sent.status).toBe(202);
    }
    expect(ratings.fallback.length).toBeGreaterThan(8);
    await app.get(GenerationLog, { strict: false }).drained();
    const clock = app.get(Clock);
    const present = clock.now.bind(clock);
    clock.now = () => new Date(present().getTime() + 3 * 3_600_000);

    const report = JSON.parse(await read('results'));
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [metric] = report.asServed;
    expect(metric).toMatchObject({
      metric: 'user_rating',
      sampled: 1,
      groups: [
        { variant: 'control', by: 'own', servedAs: 'control', answers: ratings.control.length },
        { variant: 'treatment', by: 'own', servedAs: 'treatment', answers: ratings.own.length },
        { variant: 'treatment', by: 'fallback', servedAs: 'control', answers: ratings.fallback.length },
      ],
    });
    const means = metric.groups.map((group: { mean: number }) => group.mean);
    for (const [place, key] of (['control', 'own', 'fallback'] as const).entries())
      expect(means[place]).toBeCloseTo(mean(ratings[key]), 10);
    const [compared] = metric.comparisons;
    expect(compared.difference).toBeCloseTo(
      mean(ratings.own) - mean([...ratings.control, ...ratings.fallback]),
      10,
    );
    const share = ratings.own.length / (ratings.own.length + ratings.fallback.length);
    const assigned = mean([...ratings.own, ...ratings.fallback]) - mean(ratings.control);
    expect(compared.instrumental.effect).toBeCloseTo(assigned / share, 10);
    // As assigned nothing is different from before: what came after a failure is no quality of the variant.
    const treatment = report.metrics
      .find(({ key }: { key: string }) => key === 'user_rating')
      .variants.find(({ key }: { key: string }) => key === 'treatment');
    expect(treatment.mean).toBeCloseTo(mean(ratings.own), 10);

    const document = await read('report.md');
    expect(document).toContain('## As it was served');
    expect(document).toContain("its fallback (control's config)");
  }, 120_000);
});
