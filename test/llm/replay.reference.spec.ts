import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Logger } from '@nestjs/common';
import { AnthropicClient } from '../../src/llm/anthropic/anthropic.client.js';
import type { LlmClient } from '../../src/llm/llm-client.js';
import { LlmService } from '../../src/llm/llm.service.js';
import { OpenaiClient } from '../../src/llm/openai/openai.client.js';
import { dialects } from './dialects.fixture.js';
import { answering, ProviderServer } from './provider-server.fixture.js';

interface RealAnswer {
  readonly prompt: string;
  readonly variant: string;
  readonly output: string;
  readonly input_tokens: number;
  readonly output_tokens: number;
}

const directory = process.env['REFERENCE_DATA'];
if (!directory) throw new Error('REFERENCE_DATA is unset; set it to the directory that holds llm-replay.');

const real = ['mt-bench-odd-questions', 'arena-hard-v0.1-two-models'].flatMap((name) =>
  gunzipSync(readFileSync(join(directory, 'llm-replay', `${name}.jsonl.gz`)))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RealAnswer)
    .filter(({ output }) => output.trim() !== ''),
);

beforeAll(() => Logger.overrideLogger(false));

describe.each(['anthropic', 'openai'] as const)('%s', (provider) => {
  it('hands on every real answer letter by letter, whole and in pieces, with its tokens', async () => {
    const server = await ProviderServer.start(dialects[provider]);
    const options = { apiKey: 'key', baseUrl: server.url };
    const client: LlmClient =
      provider === 'anthropic' ? new AnthropicClient(options) : await OpenaiClient.create(options);
    const service = new LlmService(client);
    expect(real.length).toBeGreaterThan(600);
    for (const { prompt, variant: model, output, input_tokens: input, output_tokens } of real) {
      const pieces = output.match(/[\s\S]{1,12}/g) ?? [];
      server.plan(answering, { model, pieces, usage: { input, output: output_tokens, cached: 0 } });
      const expected = { text: output, model, usage: { inputTokens: input, outputTokens: output_tokens } };
      expect(await service.generate({ model }, prompt)).toMatchObject(expected);
      const stream = service.stream({ model }, prompt);
      let text = '';
      for await (const piece of stream) text += piece;
      expect(text).toBe(output);
      expect(await stream.finished).toMatchObject(expected);
    }
    await server.stop();
  }, 120_000);
});
