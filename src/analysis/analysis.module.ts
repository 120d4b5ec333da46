import { Module } from '@nestjs/common';
import { ExperimentsModule } from '../experiments/experiments.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { AnalysisService } from './analysis.service.js';
import { LookJob } from './looks/look.job.js';
import { LookService } from './looks/look.service.js';
import { LookStore } from './looks/look.store.js';
import { MetricDataService } from './metric-data.service.js';
import { ArrivalStore } from './planning/arrival.store.js';
import { PastDataService } from './planning/past-data.service.js';
import { PastOutlook } from './planning/past-outlook.service.js';
import { PlansService } from './planning/plans.service.js';
import { TimeEffectsService } from './time/time-effects.service.js';

/** What the totals mean: the report and its recommendation. */
@Module({
  imports: [ExperimentsModule, MetricsModule],
  providers: [
    AnalysisService,
    LookJob,
    LookService,
    LookStore,
    MetricDataService,
    ArrivalStore,
    PastDataService,
    PastOutlook,
    PlansService,
    TimeEffectsService,
  ],
  exports: [AnalysisService, LookService, PlansService, TimeEffectsService],
})
export class AnalysisModule {}
