import { Module } from '@nestjs/common';
import { ExperimentsModule } from '../experiments/experiments.module.js';
import { GenerationsModule } from '../generations/generations.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { AnnouncementService } from './announcement/announcement.service.js';
import { AnnouncementStore } from './announcement/announcement.store.js';
import { CostEstimateService } from './cost-estimate/cost-estimate.service.js';
import { AsServedService } from './as-served/as-served.service.js';
import { AnalysisService } from './analysis.service.js';
import { SampleRatioService } from './health/sample-ratio.service.js';
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
  imports: [ExperimentsModule, GenerationsModule, MetricsModule],
  providers: [
    AnalysisService,
    AsServedService,
    LookJob,
    LookService,
    LookStore,
    AnnouncementService,
    AnnouncementStore,
    CostEstimateService,
    MetricDataService,
    ArrivalStore,
    PastDataService,
    PastOutlook,
    PlansService,
    SampleRatioService,
    TimeEffectsService,
  ],
  exports: [
    AnalysisService,
    AnnouncementService,
    CostEstimateService,
    LookService,
    PastDataService,
    PlansService,
    SampleRatioService,
    TimeEffectsService,
  ],
})
export class AnalysisModule {}
