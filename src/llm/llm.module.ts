import { ConfigurableModuleBuilder, Logger, Module } from '@nestjs/common';
import { AnthropicClient } from './anthropic/anthropic.client.js';
import { LlmClient } from './llm-client.js';
import { checkedLlmOptions, type LlmOptions } from './llm-options.js';
import { LlmService } from './llm.service.js';
import { SimulatedClient } from './simulated/simulated.client.js';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<LlmOptions>({
  moduleName: 'Llm',
})
  .setClassMethodName('forRoot')
  .build();

/**
 * Language models for variants: `LlmModule.forRoot({ anthropicApiKey })` or `forRootAsync({ inject, useFactory })`.
 * Without a key the simulated provider answers, says so in every answer, and is announced once in the log.
 */
@Module({
  providers: [
    {
      provide: LlmClient,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: LlmOptions) => clientFor(checkedLlmOptions(options)),
    },
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

function clientFor(options: LlmOptions): LlmClient {
  if (options.anthropicApiKey) {
    return new AnthropicClient({ apiKey: options.anthropicApiKey, baseUrl: options.anthropicBaseUrl });
  }
  new Logger(LlmModule.name).warn(
    'There is no Anthropic API key: every answer is SIMULATED and says so. Set ANTHROPIC_API_KEY to ask a real model.',
  );
  return new SimulatedClient(options.simulated);
}
