import { Test } from '@nestjs/testing';
import type { LoggerService } from '@nestjs/common';
import { LlmModule } from '../../src/llm/llm.module.js';
import { LlmClient } from '../../src/llm/llm-client.js';
import { checkedLlmOptions, type LlmOptions } from '../../src/llm/llm-options.js';
import { LlmService } from '../../src/llm/llm.service.js';
import { dialects } from './dialects.fixture.js';
import { MessagesServer } from './messages-server.fixture.js';
import { ProviderServer } from './provider-server.fixture.js';

class Log implements LoggerService {
  readonly lines: string[] = [];
  log = () => undefined;
  error = () => undefined;
  warn = (line: string) => this.lines.push(line);
}

async function start(imported: Parameters<typeof Test.createTestingModule>[0]['imports']) {
  const log = new Log();
  const module = await Test.createTestingModule({ imports: imported ?? [] })
    .setLogger(log)
    .compile();
  await module.init();
  return { module, log, llm: module.get(LlmService) };
}

const quick: LlmOptions = { simulated: { timeScale: 0, errorRate: 0 }, defaultModel: 'claude-haiku-4-5' };

it('simulates without a key, and says so once', async () => {
  const { module, log, llm } = await start([LlmModule.forRoot(quick)]);
  await expect(llm.generate({}, 'One sentence.')).resolves.toMatchObject({ provider: 'simulated' });
  await llm.generate({}, 'Another sentence.');
  expect(log.lines).toEqual([expect.stringContaining('SIMULATED')]);
  await module.close();
});

it.each(['', undefined])('takes a key of %j for none', async (anthropicApiKey) => {
  const { module } = await start([LlmModule.forRoot({ ...quick, anthropicApiKey })]);
  expect(module.get(LlmClient).provider).toBe('simulated');
  await module.close();
});

it('asks Anthropic with a key, at the given address, and announces nothing', async () => {
  const server = await MessagesServer.start();
  const options = { anthropicApiKey: 'key', anthropicBaseUrl: server.url, defaultModel: 'claude-haiku-4-5' };
  const { module, log, llm } = await start([LlmModule.forRootAsync({ useFactory: () => options })]);
  await expect(llm.generate({}, 'Hello')).resolves.toMatchObject({ provider: 'anthropic' });
  expect(server.requests).toHaveLength(1);
  expect(log.lines).toEqual([]);
  await module.close();
  await server.stop();
});

it('asks whoever speaks Chat Completions at an address of one’s own, and either provider by the name of its model', async () => {
  const openai = await ProviderServer.start(dialects.openai);
  const anthropic = await MessagesServer.start();
  const options = { openaiBaseUrl: openai.url, anthropicApiKey: 'key', anthropicBaseUrl: anthropic.url };
  const { module, log, llm } = await start([LlmModule.forRoot(options)]);
  await expect(llm.generate({ model: 'gpt-4o-mini' }, 'Hello')).resolves.toMatchObject({
    provider: 'openai',
  });
  const own = llm.generate({ model: 'our-llama', provider: 'openai' }, 'Hello');
  await expect(own).resolves.toMatchObject({ provider: 'openai' });
  await expect(llm.generate({ model: 'claude-haiku-4-5' }, 'Hello')).resolves.toMatchObject({
    provider: 'anthropic',
  });
  const simulated = llm.generate({ model: 'gpt-4o-mini', provider: 'simulated' }, 'Hello');
  await expect(simulated.catch(() => ({ provider: 'simulated' }))).resolves.toMatchObject({
    provider: 'simulated',
  });
  await expect(llm.generate({ model: 'our-llama' }, 'Hello')).rejects.toThrow(/name the provider/);
  expect(openai.received).toHaveLength(2);
  expect(anthropic.requests).toHaveLength(1);
  expect(log.lines.filter((line) => line.includes('SIMULATED'))).toEqual([]);
  await module.close();
  await openai.stop();
  await anthropic.stop();
});

it('lists every bad option at once, without printing the key', () => {
  const options = {
    deadline: NaN,
    anthropicBaseUrl: 'nowhere',
    simulated: { timeScale: -1 },
    anthropicApiKey: 7,
  };
  const check = () => checkedLlmOptions(options as unknown as LlmOptions);
  expect(check).toThrow(expect.objectContaining({ code: 'INVALID_CONFIGURATION' }));
  expect(check).toThrow(/anthropicApiKey.*not shown.*anthropicBaseUrl.*timeScale.*deadline/s);
});

it('refuses bad options when the application starts', async () => {
  await expect(start([LlmModule.forRoot({ deadline: 0 })])).rejects.toMatchObject({
    code: 'INVALID_CONFIGURATION',
  });
});
