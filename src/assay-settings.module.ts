import { join } from 'node:path';
import { Global, Module, type FactoryProvider } from '@nestjs/common';
import {
  bucketingDefaults,
  BUCKETING_OPTIONS,
  type BucketingOptions,
} from './bucketing/bucketing.options.js';
import { ASSAY_OPTIONS, type AssayFactoryOptions } from './assay-options.module.js';
import { DECLARED_METRICS } from './catalogue/metric-registration.service.js';
import { GENERATION_LOG_OPTIONS, type GenerationLogOptions } from './generations/generation-log.options.js';
import { RETENTION_OPTIONS, type RetentionOptions } from './metrics/retention/retention.options.js';
import { SPOOL_OPTIONS, type SpoolOptions } from './metrics/spool/spool.options.js';
import { AUTO_START } from './assay-startup.service.js';
import { DECLARED_EXPERIMENTS, PROMPT_DIRECTORY } from './experiments/registration.service.js';
import { Configuration } from './operations/configuration/configuration.js';

/** Says how a concept's settings follow from the application's options and the configuration. */
function settings<Settings>(
  provide: symbol,
  useFactory: (options: AssayFactoryOptions, configuration: Configuration) => Settings,
): FactoryProvider<Settings> {
  return { provide, inject: [ASSAY_OPTIONS, Configuration], useFactory };
}

const all = [
  settings(BUCKETING_OPTIONS, (_, { secrets, spoolDirectory }): BucketingOptions => ({
    ...bucketingDefaults,
    secrets: secrets.length > 0 ? secrets : null,
    spoolDirectory: spoolDirectory && join(spoolDirectory, 'exposures'),
  })),
  settings(DECLARED_METRICS, ({ metrics = [] }) => metrics),
  settings(DECLARED_EXPERIMENTS, ({ experiments = [] }) => experiments),
  settings(PROMPT_DIRECTORY, ({ prompts = './prompts' }) => prompts),
  settings(AUTO_START, ({ autoStart = false }) => autoStart),
  settings(SPOOL_OPTIONS, (_, { spoolDirectory, spoolMegabytes }): SpoolOptions => ({
    directory: spoolDirectory,
    bytes: spoolMegabytes * 2 ** 20,
  })),
  settings(RETENTION_OPTIONS, (_, { retention, archiveDirectory }): RetentionOptions => ({
    keep: retention,
    directory: archiveDirectory,
  })),
  settings(GENERATION_LOG_OPTIONS, ({ redact = null }, configuration): GenerationLogOptions => ({
    setting: configuration.generationLog,
    patterns: configuration.redact,
    redact,
    keep: configuration.generationRetention,
  })),
];

/** Hands each concept the settings it asks for. */
@Global()
@Module({ providers: all, exports: all.map(({ provide }) => provide) })
export class AssaySettingsModule {}
