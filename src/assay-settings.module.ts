import { Module, type DynamicModule } from '@nestjs/common';
import {
  bucketingDefaults,
  BUCKETING_OPTIONS,
  type BucketingOptions,
} from './bucketing/bucketing.options.js';
import type { AssayOptions } from './assay.options.js';
import { RETENTION_OPTIONS, type RetentionOptions } from './metrics/retention/retention.options.js';
import { SPOOL_OPTIONS, type SpoolOptions } from './metrics/spool/spool.options.js';
import { AUTO_START } from './assay-startup.service.js';
import { DECLARED_EXPERIMENTS } from './experiments/registration.service.js';
import type { Configuration } from './operations/configuration/configuration.js';

/** Hands each concept the settings it asks for. */
@Module({})
export class AssaySettingsModule {
  static forRoot(
    configuration: Configuration,
    { experiments = [], autoStart = false }: AssayOptions,
  ): DynamicModule {
    const secrets = configuration.secrets.length > 0 ? configuration.secrets : null;
    const bucketing: BucketingOptions = { ...bucketingDefaults, secrets };
    const spool: SpoolOptions = {
      directory: configuration.spoolDirectory,
      bytes: configuration.spoolMegabytes * 2 ** 20,
    };
    const retention: RetentionOptions = {
      keep: configuration.retention,
      directory: configuration.archiveDirectory,
    };
    return {
      module: AssaySettingsModule,
      global: true,
      providers: [
        { provide: BUCKETING_OPTIONS, useValue: bucketing },
        { provide: DECLARED_EXPERIMENTS, useValue: experiments },
        { provide: AUTO_START, useValue: autoStart },
        { provide: SPOOL_OPTIONS, useValue: spool },
        { provide: RETENTION_OPTIONS, useValue: retention },
      ],
      exports: [AUTO_START, BUCKETING_OPTIONS, DECLARED_EXPERIMENTS, SPOOL_OPTIONS, RETENTION_OPTIONS],
    };
  }
}
