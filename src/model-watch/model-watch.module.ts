import { Module } from '@nestjs/common';
import { ExperimentsModule } from '../experiments/experiments.module.js';
import { LifecycleModule } from '../lifecycle/lifecycle.module.js';
import { ModelWatchJob } from './model-watch.job.js';
import { ModelWatch } from './model-watch.service.js';
import { WatchedModelStore } from './watched-model.store.js';

/** Notices when a provider changes the model behind a name. */
@Module({
  imports: [ExperimentsModule, LifecycleModule],
  providers: [ModelWatch, ModelWatchJob, WatchedModelStore],
})
export class ModelWatchModule {}
