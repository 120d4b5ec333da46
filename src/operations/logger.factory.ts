import { ConsoleLogger } from '@nestjs/common';
import type { Configuration } from './configuration/configuration.js';
import { LOG_LEVELS } from './configuration/configuration.js';

/**
 * The application's logger: one JSON object a line, or coloured text, from the configured level up.
 *
 * @example NestFactory.create(AppModule, adapter, { logger: createLogger(configuration) })
 */
export function createLogger(configuration: Pick<Configuration, 'logFormat' | 'logLevel'>): ConsoleLogger {
  const logLevels = LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(configuration.logLevel) + 1);
  const isJson = configuration.logFormat === 'json';
  return new ConsoleLogger({ logLevels, json: isJson, structuredParams: isJson, colors: !isJson });
}
