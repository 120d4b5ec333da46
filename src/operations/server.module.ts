import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AccessGuard } from './access/access.guard.js';
import { AccessService } from './access/access.service.js';
import { DryRunGuard } from './dry-run/dry-run.guard.js';
import { HealthController } from './health/health.controller.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { SchemaValidationPipe } from './problem/schema-validation.pipe.js';
import { PrometheusController } from './prometheus/prometheus.controller.js';

/** What makes an application the Assay server: access for every route, problem+json for every error, validation, health and metrics. */
@Module({
  controllers: [HealthController, PrometheusController],
  providers: [
    AccessService,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: DryRunGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useClass: SchemaValidationPipe },
  ],
  exports: [AccessService],
})
export class ServerModule {}
