import { Module, type DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import {
  ASSAY_OPTIONS,
  AssayOptionsModule,
  type AssayAsyncOptions,
  type AssayFactoryOptions,
} from './assay-options.module.js';
import { AssayRoutesModule } from './assay-routes.module.js';
import { AssaySettingsModule } from './assay-settings.module.js';
import { AssayStartup } from './assay-startup.service.js';
import type { AssayOptions } from './assay.options.js';
import { AllocationModule } from './allocation/allocation.module.js';
import { AnalysisModule } from './analysis/analysis.module.js';
import { MetricRegistration } from './catalogue/metric-registration.service.js';
import { TokenService } from './bucketing/token.service.js';
import { DecoratorModule } from './decorator/decorator.module.js';
import { GuardrailsModule } from './guardrails/guardrails.module.js';
import { JudgingModule } from './judging/judging.module.js';
import { LlmModule } from './llm/llm.module.js';
import type { LlmOptions } from './llm/llm-options.js';
import { ModelWatchModule } from './model-watch/model-watch.module.js';
import { PropagationModule } from './propagation/propagation.module.js';
import { ShadowModule } from './shadow/shadow.module.js';
import { RolloutsModule } from './rollouts/rollouts.module.js';
import { BucketingModule } from './bucketing/bucketing.module.js';
import { ClockSetter } from './database/clock-setter.service.js';
import { DatabaseModule } from './database/database.module.js';
import { ExperimentsModule } from './experiments/experiments.module.js';
import { RegistrationService } from './experiments/registration.service.js';
import { LifecycleModule } from './lifecycle/lifecycle.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { Configuration } from './operations/configuration/configuration.js';
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
  JudgingModule,
  ModelWatchModule,
  PropagationModule,
  ShadowModule,
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
  /** Throws INVALID_CONFIGURATION, naming all that is wrong with the environment. */
  static forRoot({ routes, ...options }: AssayOptions = {}): DynamicModule {
    const configuration = options.configuration ?? environmentConfiguration();
    return this.forRootAsync({ routes, useFactory: () => ({ ...options, configuration }) });
  }

  /**
   * The same with options that other providers know.
   *
   * @example
   * AssayModule.forRootAsync({
   *   inject: [ConfigService],
   *   useFactory: (config: ConfigService) => ({ experiments: [summarizeExperiment], autoStart: config.get('AUTO_START') }),
   * });
   */
  static forRootAsync({ routes, ...options }: AssayAsyncOptions): DynamicModule {
    return {
      module: AssayModule,
      global: true,
      imports: [
        AssayOptionsModule.forRootAsync(options),
        OperationsModule.forRootAsync({
          inject: [ASSAY_OPTIONS],
          useFactory: ({ configuration }: AssayFactoryOptions) => configuration ?? environmentConfiguration(),
        }),
        DatabaseModule.forRootAsync({ inject: [Configuration], useFactory: databaseOptions }),
        AssaySettingsModule,
        ScheduleModule.forRoot(),
        LlmModule.forRootAsync({ inject: [Configuration], useFactory: llmOptions }),
        DecoratorModule.forRootAsync({
          imports: [BucketingModule],
          inject: [TokenService, ASSAY_OPTIONS],
          useFactory: (tokens: TokenService, { headers = true }: AssayFactoryOptions) => ({
            visitorKeys: () => tokens.keys(),
            headers,
          }),
        }),
        ...concepts,
        ...(routes ? [AssayRoutesModule.behind(routes.guard)] : []),
      ],
      providers: [AssayStartup, ClockSetter, MetricRegistration, RegistrationService],
      exports: [...concepts, LlmModule],
    };
  }
}

function environmentConfiguration(): Configuration {
  return readConfiguration(process.env, process.stdout.isTTY);
}

function llmOptions(configuration: Configuration): LlmOptions {
  return {
    anthropicApiKey: configuration.anthropicApiKey,
    anthropicBaseUrl: configuration.anthropicBaseUrl,
    openaiApiKey: configuration.openaiApiKey,
    openaiBaseUrl: configuration.openaiBaseUrl,
    pricesFile: configuration.pricesFile,
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
