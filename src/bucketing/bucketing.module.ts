import { Module } from '@nestjs/common';
import { ExperimentsModule } from '../experiments/experiments.module.js';
import { AssignmentService } from './assignment.service.js';
import { ExposureStore } from './exposure.store.js';
import { ExposureWriter } from './exposure-writer.service.js';
import { PinReader } from './pin-reader.service.js';
import { PinService } from './pin.service.js';
import { TokenSecretStore } from './token-secret.store.js';
import { TokenService } from './token.service.js';

const providers = [
  AssignmentService,
  ExposureStore,
  ExposureWriter,
  PinReader,
  PinService,
  TokenSecretStore,
  TokenService,
];

/** Who gets what: assignment from memory, exposures written behind, signed tokens. */
@Module({
  imports: [ExperimentsModule],
  providers,
  exports: [...providers, ExperimentsModule],
})
export class BucketingModule {}
