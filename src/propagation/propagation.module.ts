import { Module } from '@nestjs/common';
import { PropagationJob } from './propagation.job.js';
import { PropagationService } from './propagation.service.js';
import { ReplicaStore } from './replica.store.js';

/** How long a change takes to reach every process, measured all the time. */
@Module({
  providers: [ReplicaStore, PropagationService, PropagationJob],
  exports: [PropagationService],
})
export class PropagationModule {}
