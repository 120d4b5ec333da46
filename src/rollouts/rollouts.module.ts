import { Module } from '@nestjs/common';
import { ExperimentsModule } from '../experiments/experiments.module.js';
import { LifecycleModule } from '../lifecycle/lifecycle.module.js';
import { RampJob } from './ramp.job.js';
import { RolloutJob } from './rollout.job.js';
import { RolloutService } from './rollout.service.js';

/** Planned increases of traffic: the ramp of an experiment, the rollout of its winner. */
@Module({
  imports: [ExperimentsModule, LifecycleModule],
  providers: [RampJob, RolloutJob, RolloutService],
  exports: [RolloutService],
})
export class RolloutsModule {}
