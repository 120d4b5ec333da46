import { Module } from '@nestjs/common';
import { LifecycleModule } from '../lifecycle/lifecycle.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { AllocationService } from './allocation.service.js';
import { BanditViews } from './bandit-view.service.js';
import { BanditJob } from './bandit.job.js';
import { EarlyStep } from './early-step.service.js';
import { ReplayService } from './replay/replay.service.js';
import { ReplayStore } from './replay/replay.store.js';
import { ReallocationService } from './reallocation.service.js';

/** How weights are set: by a person, or by Thompson sampling on the reward. */
@Module({
  imports: [LifecycleModule, MetricsModule],
  providers: [
    AllocationService,
    BanditJob,
    BanditViews,
    EarlyStep,
    ReallocationService,
    ReplayService,
    ReplayStore,
  ],
  exports: [AllocationService, ReallocationService, ReplayService],
})
export class AllocationModule {}
