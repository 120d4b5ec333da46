import { Module } from '@nestjs/common';
import { ExperimentsModule } from '../experiments/experiments.module.js';
import { ChangeService } from './change.service.js';
import { DecisionWitnesses } from './decision-witness.service.js';
import { DueStepService } from './due-step.service.js';
import { DueStepStore } from './due-step.store.js';
import { EditService } from './edit.service.js';
import { LayerClaims } from './layer-claims.service.js';
import { LifecycleJob } from './lifecycle.job.js';
import { LifecycleService } from './lifecycle.service.js';

/** How an experiment changes: recorded decisions, weight epochs, due times, the kill switch. */
@Module({
  imports: [ExperimentsModule],
  providers: [
    ChangeService,
    DecisionWitnesses,
    DueStepService,
    DueStepStore,
    EditService,
    LayerClaims,
    LifecycleJob,
    LifecycleService,
  ],
  exports: [
    ChangeService,
    DecisionWitnesses,
    DueStepService,
    DueStepStore,
    EditService,
    LifecycleService,
    ExperimentsModule,
  ],
})
export class LifecycleModule {}
