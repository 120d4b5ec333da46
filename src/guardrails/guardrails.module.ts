import { Module } from '@nestjs/common';
import { LifecycleModule } from '../lifecycle/lifecycle.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { RolloutsModule } from '../rollouts/rollouts.module.js';
import { EvidenceService } from './evidence/evidence.service.js';
import { EvidenceStore } from './evidence/evidence.store.js';
import { GuardedRamp } from './guarded-ramp.service.js';
import { GuardrailJob } from './guardrail.job.js';
import { GuardrailOverrideService } from './override/guardrail-override.service.js';
import { GuardrailService } from './guardrail.service.js';
import { HarmLookService } from './harm-look.service.js';
import { SpendService } from './spend/spend.service.js';
import { SpendStore } from './spend/spend.store.js';

/** Stops harm: rules, verdicts on a confidence bound, actions. */
@Module({
  imports: [LifecycleModule, MetricsModule, RolloutsModule],
  providers: [
    EvidenceService,
    EvidenceStore,
    GuardedRamp,
    GuardrailJob,
    GuardrailOverrideService,
    GuardrailService,
    HarmLookService,
    SpendService,
    SpendStore,
  ],
  exports: [GuardrailOverrideService, GuardrailService, SpendService],
})
export class GuardrailsModule {}
