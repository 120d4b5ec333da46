import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseState } from './database/database-state.service.js';
import { DatabaseModule } from './database/database.module.js';
import { ApiKeyService } from './operations/access/api-key.service.js';
import { runKeysCommand } from './operations/access/keys.command.js';
import { AssayError } from './operations/assay-error.js';
import { readConfiguration } from './operations/configuration/read-configuration.js';
import { OperationsModule } from './operations/operations.module.js';

@Module({})
class KeysModule {}

/** Opens the database that the server would use, without a server, and hands over its keys. */
async function withKeys(work: (keys: ApiKeyService) => Promise<void>): Promise<void> {
  const configuration = readConfiguration(process.env);
  const { databaseUrl: url = null, dataDirectory } = configuration;
  const context = await NestFactory.createApplicationContext(
    {
      module: KeysModule,
      imports: [
        OperationsModule.forRoot(configuration),
        DatabaseModule.forRoot({ url, dataDirectory, poolSize: 1 }),
      ],
    },
    { logger: false, abortOnError: false },
  );
  try {
    const { reason } = context.get(DatabaseState);
    if (reason !== null) {
      throw new AssayError('DATABASE_UNAVAILABLE', `The database cannot be used: ${reason}.`);
    }
    await work(context.get(ApiKeyService));
  } finally {
    await context.close();
  }
}

try {
  process.exitCode = await runKeysCommand(process.argv.slice(2), withKeys, {
    out: (line) => console.log(line),
    err: (line) => console.error(line),
  });
} catch (error) {
  console.error(error instanceof AssayError ? `${error.code}: ${error.message}` : error);
  process.exitCode = 1;
}
