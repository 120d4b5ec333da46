import { Global, Module, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { BucketingModule } from '../bucketing/bucketing.module.js';
import { GenerationsModule } from '../generations/generations.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { SignalsModule } from '../signals/signals.module.js';
import { ConfigurableDecoratorModule } from './decorator.module-definition.js';
import { ExperimentContext } from './experiment-context.service.js';
import { ExperimentExplorer } from './experiment.explorer.js';
import { GenerationRecorder } from './interaction/generation.recorder.js';
import { InteractionService } from './interaction/interaction.service.js';
import { RequestScopeOpener } from './request/request-scope.opener.js';
import { LoginService } from './unit/login.service.js';
import { UnitResolver } from './unit/unit-resolver.service.js';

/**
 * `@Experiment`, `@Variant` and `ExperimentContext` for every module of the application:
 * `DecoratorModule.forRoot({ visitorKeys })`, or `forRootAsync({ inject, useFactory })`.
 */
@Global()
@Module({
  imports: [BucketingModule, MetricsModule, GenerationsModule, SignalsModule, DiscoveryModule],
  providers: [
    ExperimentContext,
    ExperimentExplorer,
    GenerationRecorder,
    InteractionService,
    RequestScopeOpener,
    LoginService,
    UnitResolver,
  ],
  exports: [ExperimentContext, ExperimentExplorer, InteractionService, UnitResolver],
})
export class DecoratorModule extends ConfigurableDecoratorModule implements NestModule {
  constructor(private readonly requests: RequestScopeOpener) {
    super();
  }

  configure(consumer: MiddlewareConsumer): void {
    this.requests.install(consumer);
  }
}
