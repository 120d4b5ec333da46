import { Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { ApiKeyService } from './access/api-key.service.js';
import { ApiKeyStorageModule } from './access/api-key-storage.module.js';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { Clock, SystemClock } from './clock.js';
import { Configuration } from './configuration/configuration.js';
import { EventPublisher } from './events/event-publisher.service.js';
import { ReadinessProbes } from './health/readiness-probes.service.js';
import { ShutdownState } from './http/shutdown-state.service.js';
import { Prometheus } from './prometheus/prometheus.service.js';

const SHARED = [
  ApiKeyService,
  Clock,
  Configuration,
  EventPublisher,
  Prometheus,
  ReadinessProbes,
  ShutdownState,
];

/**
 * What every module of Assay may inject: configuration, clock, keys, probes, Prometheus metrics.
 * It adds no route, guard, filter or pipe, so that it can live in a user's own application; `ServerModule` adds those.
 */
@Module({})
export class OperationsModule {
  static forRoot(configuration: Configuration): DynamicModule {
    return this.forRootAsync({ useFactory: () => configuration });
  }

  static forRootAsync(configuration: Omit<FactoryProvider<Configuration>, 'provide'>): DynamicModule {
    return {
      module: OperationsModule,
      global: true,
      imports: [
        ApiKeyStorageModule,
        DiscoveryModule,
        EventEmitterModule.forRoot(),
        TerminusModule.forRoot({ logger: false }),
      ],
      providers: [
        { ...configuration, provide: Configuration },
        { provide: Clock, useClass: SystemClock },
        ApiKeyService,
        EventPublisher,
        Prometheus,
        ReadinessProbes,
        ShutdownState,
      ],
      exports: [...SHARED, DiscoveryModule, TerminusModule],
    };
  }
}
