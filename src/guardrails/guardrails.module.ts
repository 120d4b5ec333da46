import { Module } from '@nestjs/common';
import { LifecycleModule } from '../lifecycle/lifecycle.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { GuardrailJob } from './guardrail.job.js';
import { GuardrailService } from './guardrail.service.js';

/** Stops harm: rules, verdicts on a confidence bound, actions. */
@Module({
  imports: [LifecycleModule, MetricsModule],
  providers: [GuardrailJob, GuardrailService],
  exports: [GuardrailService],
})
export class GuardrailsModule {}
