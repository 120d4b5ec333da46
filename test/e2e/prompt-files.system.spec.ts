import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnalysisService } from '../../src/analysis/analysis.service.js';
import { AssayModule } from '../../src/assay.module.js';
import type { AssayOptions } from '../../src/assay.options.js';
import type { AssignedVariant } from '../../src/decorator/assigned-variant.js';
import { Experiment } from '../../src/decorator/experiment.decorator.js';
import { Variant } from '../../src/decorator/variant.decorator.js';
import { unitFromHeader } from '../../src/decorator/declaration/experiment-use.js';
import { defaultPromptVersion } from '../../src/experiments/config-hash.js';
import { RegistryService } from '../../src/experiments/registry.service.js';
import { GenerationsService } from '../../src/generations/browsing/generations.service.js';
import { GenerationLog } from '../../src/generations/generation-log.service.js';
import { LlmService } from '../../src/llm/llm.service.js';
import { readConfiguration } from '../../src/operations/configuration/read-configuration.js';
import { dumpOf } from '../generations/dump.fixture.js';

const model = 'claude-haiku-4-5';
const key = 'summaries';

@Controller()
class SummaryController {
  constructor(private readonly llm: LlmService) {}

  @Post('summary')
  @Experiment(key, { unit: unitFromHeader('x-user') })
  async summarize(
    @Body() body: { text: string; personal?: boolean },
    @Variant() { config }: AssignedVariant,
  ) {
    const own = { ...config, systemPrompt: `${String(config['systemPrompt'])} For canary-customer.` };
    return { summary: (await this.llm.generate(body.personal ? own : config, body.text)).text };
  }
}

describe('prompts in files of an application', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'assay-prompts-'));
    await mkdir(join(directory, 'prompts'));
    await writeFile(join(directory, 'prompts', 'summary.md'), 'Summarize the text.\n');
  });
  afterAll(() => rm(directory, { recursive: true }));

  const start = async (file: string, options: AssayOptions = {}) => {
    const summaries = {
      key,
      control: 'file',
      variants: [
        { key: 'file', config: { model, systemPrompt: { file } } },
        { key: 'text', config: { model, systemPrompt: 'Summarize in one sentence.' }, promptVersion: 'v7' },
      ],
      metrics: { primary: 'user_rating' },
    };
    const assay = AssayModule.forRoot({
      configuration: readConfiguration({ ASSAY_DATA_DIR: 'memory://', ASSAY_SIMULATED_TIME_SCALE: '0' }),
      experiments: [summaries],
      autoStart: true,
      prompts: join(directory, 'prompts'),
      ...options,
    });
    @Module({ imports: [assay], controllers: [SummaryController] })
    class OwnModule {}
    const app = await NestFactory.create<NestExpressApplication>(OwnModule, {
      logger: false,
      abortOnError: false,
    });
    try {
      await app.listen(0, '127.0.0.1');
    } catch (error) {
      await app.close();
      throw error;
    }
    return { app, url: await app.getUrl() };
  };

  it('are missed at start', async () => {
    await expect(start('missing.md')).rejects.toMatchObject({ code: 'INVALID_CONFIGURATION' });
  });

  it('are read at start, told apart by their content, and sent', async () => {
    const { app, url } = await start('prompts/summary.md', {
      redact: (text) => text.replaceAll('canary-customer', '[customer]'),
    });
    try {
      const experiment = app.get(RegistryService, { strict: false }).get(key)!.experiment;
      const config = { model, systemPrompt: 'Summarize the text.' };
      expect(experiment.variants).toMatchObject([
        { config, promptVersion: defaultPromptVersion(config) },
        { promptVersion: 'v7' },
      ]);
      const ask = (user: string, body: object) =>
        fetch(`${url}/summary`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-user': user },
          body: JSON.stringify(body),
        });
      const text = 'The canary-customer came. She went.';
      expect((await ask('ada', { text })).status).toBe(201);
      expect((await ask('ada', { text, personal: true })).status).toBe(201);
      await app.get(GenerationLog, { strict: false }).drained();
      const { generations } = await app
        .get(GenerationsService, { strict: false })
        .list(experiment, { limit: 10, unit: 'ada' });
      const variant = experiment.variants.find((each) => each.key === generations[0]?.variant)!;
      const systemPrompt = String(variant.config['systemPrompt']);
      expect(generations).toMatchObject([
        {
          asConfigured: false,
          promptVersion: null,
          prompt: { systemPrompt: `${systemPrompt} For [customer].` },
        },
        { asConfigured: true, promptVersion: variant.promptVersion, prompt: { systemPrompt } },
      ]);
      const { health } = await app.get(AnalysisService, { strict: false }).report(key);
      expect(health.receipts).toMatchObject({ generations: 2, otherConfig: 1 });
      expect(health.warnings.map(({ code }) => code)).toContain('CONFIG_MISMATCH');
      expect(await dumpOf({ app: app as never })).not.toContain('canary');
    } finally {
      await app.close();
    }
  });
});
