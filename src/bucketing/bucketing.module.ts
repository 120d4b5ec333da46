import { Module } from '@nestjs/common';
import { ExperimentsModule } from '../experiments/experiments.module.js';
import { AssignmentService } from './assignment.service.js';
import { BUCKETING_OPTIONS, type BucketingOptions } from './bucketing.options.js';
import { ExposureRecovery } from './exposure-recovery.service.js';
import { ExposureSpool } from './exposure-spool.client.js';
import { ExposureStore } from './exposure.store.js';
import { ExposureWriter } from './exposure-writer.service.js';
import { ForceService } from './force.service.js';
import { UnitLinkStore } from './links/unit-link.store.js';
import { UnitLinks } from './links/unit-links.service.js';
import { PinReader } from './pin-reader.service.js';
import { PinService } from './pin.service.js';
import { TokenSecretStore } from './token-secret.store.js';
import { TokenService } from './token.service.js';

const providers = [
  AssignmentService,
  ExposureRecovery,
  {
    provide: ExposureSpool,
    inject: [BUCKETING_OPTIONS],
    useFactory: ({ spoolDirectory }: BucketingOptions) => new ExposureSpool(spoolDirectory),
  },
  ExposureStore,
  ExposureWriter,
  ForceService,
  PinReader,
  PinService,
  TokenSecretStore,
  TokenService,
  UnitLinkStore,
  UnitLinks,
];

/** Who gets what: assignment from memory, exposures written behind, signed tokens. */
@Module({
  imports: [ExperimentsModule],
  providers,
  exports: [...providers, ExperimentsModule],
})
export class BucketingModule {}
