import { Module, type DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AssayRoutesModule } from './assay-routes.module.js';
import { AssaySettingsModule } from './assay-settings.module.js';
import { AssayStartup } from './assay-startup.service.js';
import type { AssayOptions } from './assay.options.js';
import { AllocationModule } from './allocation/allocation.module.js';
import { AnalysisModule } from './analysis/analysis.module.js';
import { TokenService } from './bucketing/token.service.js';
import { DecoratorModule } from './decorator/decorator.module.js';
import { GuardrailsModule } from './guardrails/guardrails.module.js';
import { LlmModule } from './llm/llm.module.js';
import type { LlmOptions } from './llm/llm-options.js';
import { RolloutsModule } from './rollouts/rollouts.module.js';
import { BucketingModule } from './bucketing/bucketing.module.js';
import { ClockSetter } from './database/clock-setter.service.js';
import { DatabaseModule } from './database/database.module.js';
import { ExperimentsModule } from './experiments/experiments.module.js';
import { RegistrationService } from './experiments/registration.service.js';
import { LifecycleModule } from './lifecycle/lifecycle.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import type { Configuration } from './operations/configuration/configuration.js';
import { readConfiguration } from './operations/configuration/read-configuration.js';
import { OperationsModule } from './operations/operations.module.js';

const concepts = [
  ExperimentsModule,
  BucketingModule,
  LifecycleModule,
  MetricsModule,
  AnalysisModule,
  AllocationModule,
  RolloutsModule,
  GuardrailsModule,
];

/**
 * A/B tests and bandits for the LLM features of a Nest application.
 *
 * @example
 * ;@Module({ imports: [AssayModule.forRoot({ experiments: [summarizeExperiment] })] })
 * export class AppModule {}
 */
@Module({})
export class AssayModule {
  static forRoot(options: AssayOptions = {}): DynamicModule {
    const configuration = options.configuration ?? readConfiguration(process.env, process.stdout.isTTY);
    return {
      module: AssayModule,
      global: true,
      imports: [
        OperationsModule.forRoot(configuration),
        DatabaseModule.forRoot(databaseOptions(configuration)),
        AssaySettingsModule.forRoot(configuration, options),
        ScheduleModule.forRoot(),
        LlmModule.forRoot(llmOptions(configuration)),
        DecoratorModule.forRootAsync({
          imports: [BucketingModule],
          inject: [TokenService],
          useFactory: (tokens: TokenService) => ({
            visitorKeys: () => tokens.keys(),
            headers: options.headers ?? true,
          }),
        }),
        ...concepts,
        ...(options.routes ? [AssayRoutesModule.behind(options.routes.guard)] : []),
      ],
      providers: [AssayStartup, ClockSetter, RegistrationService],
      exports: [...concepts, LlmModule],
    };
  }
}

function llmOptions(configuration: Configuration): LlmOptions {
  return {
    anthropicApiKey: configuration.anthropicApiKey,
    anthropicBaseUrl: configuration.anthropicBaseUrl,
    defaultModel: configuration.model,
    simulated: { timeScale: configuration.simulatedTimeScale },
  };
}

function databaseOptions(configuration: Configuration) {
  return {
    url: configuration.databaseUrl ?? null,
    dataDirectory: configuration.dataDirectory,
    poolSize: configuration.databasePool,
    redis: {
      url: configuration.redisUrl,
      nodes: configuration.redisNodes.map(({ host, port }) => `${host}:${port}`).join(',') || undefined,
    },
  };
}
