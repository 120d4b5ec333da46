import { ConfigurableModuleBuilder, Logger, Module } from '@nestjs/common';
import { AnthropicClient } from './anthropic/anthropic.client.js';
import { LlmConfigCheck } from './llm-config-check.service.js';
import { LlmClient } from './llm-client.js';
import { checkedLlmOptions, type LlmOptions } from './llm-options.js';
import { LlmService } from './llm.service.js';
import { OpenaiClient } from './openai/openai.client.js';
import { readPrices } from './price-file.client.js';
import type { RealProvider } from './provider-choice.js';
import { RoutingClient } from './routing.client.js';
import { SimulatedClient } from './simulated/simulated.client.js';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<LlmOptions>({
  moduleName: 'Llm',
})
  .setClassMethodName('forRoot')
  .build();

/**
 * Language models for variants: `LlmModule.forRoot({ anthropicApiKey })` or `forRootAsync({ inject, useFactory })`.
 * Without any provider's key the simulated one answers, says so in every answer, and is announced once in the log.
 */
@Module({
  providers: [
    {
      provide: LlmClient,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: LlmOptions) => clientFor(checkedLlmOptions(options)),
    },
    LlmConfigCheck,
    {
      provide: LlmService,
      inject: [LlmClient, MODULE_OPTIONS_TOKEN],
      useFactory: (client: LlmClient, options: LlmOptions) =>
        new LlmService(client, { model: options.defaultModel, deadline: options.deadline }),
    },
  ],
  exports: [LlmClient, LlmService],
})
export class LlmModule extends ConfigurableModuleClass {}

async function clientFor(options: LlmOptions): Promise<LlmClient> {
  const prices = options.pricesFile === undefined ? undefined : readPrices(options.pricesFile);
  const clients = new Map<RealProvider, LlmClient>();
  const { anthropicApiKey, anthropicBaseUrl, openaiApiKey, openaiBaseUrl } = options;
  if (anthropicApiKey) {
    const client = new AnthropicClient({ apiKey: anthropicApiKey, baseUrl: anthropicBaseUrl, prices });
    clients.set('anthropic', client);
  }
  if (openaiApiKey || openaiBaseUrl) {
    const apiKey = openaiApiKey === '' ? undefined : openaiApiKey;
    clients.set('openai', await OpenaiClient.create({ apiKey, baseUrl: openaiBaseUrl, prices }));
  }
  if (clients.size === 0) {
    new Logger(LlmModule.name).warn(
      'There is no key of a provider: every answer is SIMULATED and says so. Set ANTHROPIC_API_KEY or OPENAI_API_KEY to ask a real model.',
    );
  }
  return new RoutingClient(clients, new SimulatedClient({ ...options.simulated, prices }));
}
