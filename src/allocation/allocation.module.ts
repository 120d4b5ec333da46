import { Module } from '@nestjs/common';
import { LifecycleModule } from '../lifecycle/lifecycle.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { AllocationService } from './allocation.service.js';
import { BanditJob } from './bandit.job.js';
import { ReallocationService } from './reallocation.service.js';

/** How weights are set: by a person, or by Thompson sampling on the reward. */
@Module({
  imports: [LifecycleModule, MetricsModule],
  providers: [AllocationService, BanditJob, ReallocationService],
  exports: [AllocationService, ReallocationService],
})
export class AllocationModule {}
