import { Module } from '@nestjs/common';
import { ExperimentsModule } from '../experiments/experiments.module.js';
import { GenerationsModule } from '../generations/generations.module.js';
import { JudgingModule } from '../judging/judging.module.js';
import { LifecycleModule } from '../lifecycle/lifecycle.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { CandidateStart } from './candidate-start.service.js';
import { ShadowJudging } from './shadow-judging.service.js';
import { ShadowJob } from './shadow.job.js';
import { ShadowService } from './shadow.service.js';
import { ShadowStore } from './shadow.store.js';
import { ShadowWork } from './shadow-work.service.js';

/** Candidates tried on logged prompts, shown to nobody. */
@Module({
  imports: [ExperimentsModule, GenerationsModule, JudgingModule, LifecycleModule, MetricsModule],
  providers: [CandidateStart, ShadowJob, ShadowJudging, ShadowService, ShadowStore, ShadowWork],
  exports: [CandidateStart, ShadowService],
})
export class ShadowModule {}
