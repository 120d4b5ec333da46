import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { Configuration } from './operations/configuration/configuration.js';
import { createHttpAdapter } from './operations/http/http-adapter.factory.js';
import { configureHttp } from './operations/http/http.setup.js';
import { createLogger } from './operations/logger.factory.js';
import { setupOpenApi } from './operations/openapi.setup.js';

/** The server, ready to listen. */
export async function createServer(configuration: Configuration): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(configuration),
    createHttpAdapter(configuration),
    { bodyParser: false, logger: createLogger(configuration), abortOnError: false },
  );
  configureHttp(app, configuration);
  setupOpenApi(app);
  return app;
}
