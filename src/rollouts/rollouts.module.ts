import { Module } from '@nestjs/common';
import { AnalysisModule } from '../analysis/analysis.module.js';
import { ExperimentsModule } from '../experiments/experiments.module.js';
import { LifecycleModule } from '../lifecycle/lifecycle.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { RampJob } from './ramp.job.js';
import { Obstacles } from './obstacles.service.js';
import { RampService } from './ramp.service.js';
import { RolloutJob } from './rollout.job.js';
import { RolloutService } from './rollout.service.js';
import { StageService } from './stage.service.js';

/** Planned increases of traffic: the ramp of an experiment, the rollout of its winner. */
@Module({
  imports: [AnalysisModule, ExperimentsModule, LifecycleModule, MetricsModule],
  providers: [RampJob, Obstacles, RampService, RolloutJob, RolloutService, StageService],
  exports: [Obstacles, RampService, RolloutService, StageService],
})
export class RolloutsModule {}
