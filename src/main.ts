import { ApiKeyService } from './operations/access/api-key.service.js';
import { AssayError } from './operations/assay-error.js';
import { checkListening, isLoopback } from './operations/configuration/loopback.js';
import { readConfiguration } from './operations/configuration/read-configuration.js';
import { createServer } from './server.factory.js';

try {
  const configuration = readConfiguration(process.env, process.stdout.isTTY);
  const server = await createServer(configuration);
  await server.init();
  if (!isLoopback(configuration.host)) {
    checkListening(configuration.host, await server.get(ApiKeyService, { strict: false }).hasKeys());
  }
  await server.listen(configuration.port, configuration.host);
} catch (error) {
  // What the operator can put right needs no stack.
  console.error(error instanceof AssayError ? `${error.code}: ${error.message}` : error);
  process.exit(1);
}
