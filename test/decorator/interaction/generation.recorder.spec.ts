import { Body, Controller, Get, HttpException, Post, Query, StreamableFile } from '@nestjs/common';
import { get } from 'node:http';
import { Readable } from 'node:stream';
import type { AssignedVariant } from '../../../src/decorator/assigned-variant.js';
import { Experiment } from '../../../src/decorator/experiment.decorator.js';
import { Variant } from '../../../src/decorator/variant.decorator.js';
import { LlmService } from '../../../src/llm/llm.service.js';
import { SimulatedClient } from '../../../src/llm/simulated/simulated.client.js';
import { platforms, startApp, type DecoratedApp } from '../decorated-app.fixture.js';
import { FakeRegistry } from '../fakes.js';

const text = 'The committee met on Monday. It approved the budget. Work starts in May.';
const model = 'claude-haiku-4-5';
const variants = (prompt: string) =>
  ['control', 'treatment'].map((key) => ({
    key,
    name: key,
    weight: 50,
    promptVersion: null,
    config: { model, systemPrompt: `${prompt} as the ${key} does.` },
  }));

@Controller()
class LlmController {
  constructor(private readonly llm: LlmService) {}

  @Post('generate')
  @Experiment('one')
  async generate(@Body() body: { text: string }, @Variant() { config }: AssignedVariant) {
    return { summary: (await this.llm.generate(config, body.text)).text };
  }

  @Get('stream')
  @Experiment('one')
  stream(@Variant() { config }: AssignedVariant) {
    return new StreamableFile(Readable.from(this.llm.stream(config, text)));
  }

  @Get('recovered')
  @Experiment('one')
  async recovered(@Variant() { config }: AssignedVariant) {
    await this.llm.generate(config, text, { deadline: 0.001 }).catch(() => undefined);
    return 'sorry';
  }

  @Get('refused')
  @Experiment('one')
  async refused(@Variant() { config }: AssignedVariant) {
    await this.llm.generate(config, text);
    throw new HttpException('not for you', 403);
  }

  @Get('two')
  @Experiment('one')
  @Experiment('two')
  async two(@Query('of') of: string, @Variant('one') { config }: AssignedVariant) {
    await this.llm.generate(of === 'one' ? config : { model }, text);
    return 'ok';
  }

  @Get('plain')
  async plain() {
    return (await this.llm.generate({ model }, text)).text;
  }
}

const measured = {
  error: 0,
  abandoned: 0,
  latency_ms: expect.any(Number),
  response_length: expect.any(Number),
  input_tokens: expect.any(Number),
  output_tokens: expect.any(Number),
  cost_usd: expect.any(Number),
};

describe.each(platforms)('A generation of a decorated request on %s', (platform) => {
  let decorated: DecoratedApp;

  const start = async (timeScale: number) => {
    const registry = new FakeRegistry()
      .add({ key: 'one', variants: variants('Summarize') })
      .add({ key: 'two', variants: variants('Translate') });
    const llm = new LlmService(new SimulatedClient({ timeScale, errorRate: 0 }));
    const providers = [{ provide: LlmService, useValue: llm }];
    decorated = await startApp(platform, { controllers: [LlmController], providers, registry });
  };

  beforeEach(() => start(0.02));
  afterEach(() => decorated.close());

  const read = async (path: string) => (await fetch(`${decorated.address}/${path}`)).text();
  const metrics = async (count = 1) => {
    const outcomes = await decorated.outcomes.atLeast(count);
    return outcomes.map(({ metrics: each }) => each);
  };

  it('is recorded without a line in the controller, after a body was parsed', async () => {
    const response = await fetch(`${decorated.address}/generate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    });
    const { summary } = (await response.json()) as { summary: string };

    expect(await metrics()).toEqual([{ ...measured, response_length: summary.length }]);
  });

  it('is recorded with its time to the first token when it is streamed after the handler', async () => {
    await read('stream');

    expect(await metrics()).toEqual([{ ...measured, ttft_ms: expect.any(Number) }]);
  });

  it('is recorded as abandoned, with what it used until then, when the reader leaves', async () => {
    await decorated.close();
    await start(2);
    await new Promise<void>((resolve) => {
      const request = get(`${decorated.address}/stream`, (response) => {
        response.on('error', () => undefined);
        response.once('data', () => resolve(void request.destroy()));
      });
      request.on('error', () => undefined);
    });
    // The model is stopped because the response has closed, so its figures may come after the response's.
    let together: Record<string, number | boolean> = {};
    for (let count = 1; !('output_tokens' in together); count += 1) {
      together = Object.assign({}, ...(await metrics(count))) as typeof together;
    }

    expect(together).toMatchObject({ abandoned: 1, output_tokens: expect.any(Number) });
    expect(together).not.toHaveProperty('error');
    expect(together).not.toHaveProperty('response_length');
  });

  it('that failed is an error, though the handler answered something else', async () => {
    expect(await read('recovered')).toBe('sorry');
    expect(await metrics()).toMatchObject([{ error: 1 }]);
  });

  it('counts when the caller was refused afterwards', async () => {
    await read('refused');
    expect(await metrics()).toEqual([{ ...measured, abandoned: undefined }]);
  });

  it("belongs to the experiment whose config it had, and another's to all", async () => {
    const tokensOf = async (of: string, before: number) => {
      await read(`two?of=${of}`);
      const outcomes = (await decorated.outcomes.atLeast(before + 2)).slice(before);
      return Object.fromEntries(
        outcomes.map(({ assignment, metrics: each }) => [assignment.experiment, 'output_tokens' in each]),
      );
    };

    expect(await tokensOf('one', 0)).toEqual({ one: true, two: false });
    expect(await tokensOf('neither', 2)).toEqual({ one: true, two: true });
  });

  it.each([
    ['one', ['one']],
    ['neither', ['one', 'two']],
  ])('is logged under the same experiments: config of %s', async (of, experiments) => {
    await read(`two?of=${of}`);
    const outcomes = await decorated.outcomes.atLeast(experiments.length);
    const logged = decorated.logged.map(({ subject }) => subject);
    expect(logged.map(({ assignment }) => assignment.experiment).sort()).toEqual(experiments);
    expect(decorated.logged.every(({ event }) => event.request.messages[0]?.text === text)).toBe(true);
    const interactionOf = (key: string) =>
      outcomes.find(({ assignment }) => assignment.experiment === key)?.interaction;
    for (const { assignment, interaction } of logged)
      expect(interaction).toBe(interactionOf(assignment.experiment));
  });

  it('outside of a decorated request is nobody’s', async () => {
    await read('plain');
    await read('two?of=neither');

    const outcomes = await decorated.outcomes.atLeast(2);
    expect(outcomes.map(({ assignment }) => assignment.experiment).sort()).toEqual(['one', 'two']);
  });
});
