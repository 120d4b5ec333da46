import { NestFactory } from '@nestjs/core';
import { AssayModule, readConfiguration } from '../dist/index.js';
import { definitionOf } from './experiment.mjs';

/** Assay in this process as an application has it; `keys` are experiments of five variants at most that run. */
export async function startAssay({ databaseUrl, dataDirectory, keys = ['exp_bench'], variants = 2 }) {
  const environment = {
    DATABASE_URL: databaseUrl,
    ASSAY_DATA_DIR: dataDirectory,
    ASSAY_SPOOL_DIR: '',
    ASSAY_LOG_LEVEL: 'error',
  };
  const module = AssayModule.forRoot({
    configuration: readConfiguration(environment),
    experiments: keys.map((key) => definitionOf(key, variants)),
    autoStart: true,
  });
  const app = await NestFactory.createApplicationContext(module, { logger: ['error'] });
  return { get: (service) => app.get(service, { strict: false }), close: () => app.close() };
}
