import { setTimeout as wait } from 'node:timers/promises';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AnalysisService } from '../../src/analysis/analysis.service.js';
import { AssayModule } from '../../src/assay.module.js';
import type { AssignedVariant } from '../../src/decorator/assigned-variant.js';
import { Experiment } from '../../src/decorator/experiment.decorator.js';
import { Variant } from '../../src/decorator/variant.decorator.js';
import { JudgeViewService } from '../../src/judging/judge-view.service.js';
import { LlmService } from '../../src/llm/llm.service.js';
import { readConfiguration } from '../../src/operations/configuration/read-configuration.js';
import { JudgeServer, verdict } from '../judging/judge-server.fixture.js';
import { callUsd } from '../judging/judged-server.fixture.js';

const model = 'claude-haiku-4-5';

@Controller()
class AnswerController {
  constructor(private readonly llm: LlmService) {}

  @Post('answer')
  @Experiment('answers', { unit: (request) => String(request.headers['x-user']) })
  async answer(@Body() { text }: { text: string }, @Variant() { config }: AssignedVariant) {
    return { answer: (await this.llm.generate(config, text)).text };
  }
}

const answers = {
  key: 'answers',
  control: 'plain',
  variants: [
    { key: 'plain', config: { model, systemPrompt: 'Answer.' } },
    { key: 'short', config: { model, systemPrompt: 'Answer in a word.' } },
  ],
  metrics: { primary: 'user_rating', secondary: ['quality_score', 'cost_usd'] },
  judge: { rubric: 'Is it true?', config: { model }, samplingRate: 1 },
};

describe("A judge in a user's own application", () => {
  it('scores what the application served, by itself, and adds nothing to what that cost', async () => {
    const server = await JudgeServer.start();
    server.reply = ({ system }) => (system.includes('Is it true?') ? verdict(4) : 'On Thursday.');
    const configuration = readConfiguration({
      ASSAY_DATA_DIR: 'memory://',
      ANTHROPIC_API_KEY: 'test',
      ANTHROPIC_BASE_URL: server.url,
    });
    const assay = AssayModule.forRoot({ configuration, experiments: [answers], autoStart: true });
    @Module({ imports: [assay], controllers: [AnswerController] })
    class OwnModule {}
    const app = await NestFactory.create<NestExpressApplication>(OwnModule, { logger: ['fatal'] });
    await app.listen(0, '127.0.0.1');
    try {
      for (const user of ['ada', 'bob', 'cid']) {
        const headers = { 'x-user': user, 'content-type': 'application/json' };
        const body = JSON.stringify({ text: 'When is the meeting?' });
        expect((await fetch(`${await app.getUrl()}/answer`, { method: 'POST', headers, body })).status).toBe(
          201,
        );
      }
      const views = app.get(JudgeViewService, { strict: false });
      const recorded = async () =>
        (await views.view('answers')).variants.reduce(
          (sum, { answers: { recorded: count } }) => sum + count,
          0,
        );
      while ((await recorded()) < 3) await wait(200);
      expect(server.asked).toHaveLength(6);
      expect(await views.view('answers')).toMatchObject({
        failures: { judged: 3, failed: 0 },
        today: { calls: 3 },
      });
      const { metrics } = await app.get(AnalysisService, { strict: false }).report('answers');
      const sum = (key: string) =>
        metrics
          .find((each) => each.key === key)
          ?.variants.reduce((total, { sum: own }) => total + (own ?? 0), 0);
      expect(sum('quality_score')).toBe(12);
      expect(sum('cost_usd')).toBeCloseTo(3 * callUsd, 9);
    } finally {
      await app.close();
      await server.stop();
    }
  }, 30_000);
});
