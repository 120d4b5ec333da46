// Assay's server as main.js starts it, but whatever is to be written counts as written at once: HTTP and validation alone.
import { readConfiguration } from '../../dist/index.js';
import { IngestionService } from '../../dist/metrics/ingestion.service.js';
import { createServer } from '../../dist/server.factory.js';

const configuration = readConfiguration(process.env);
const server = await createServer(configuration);
await server.init();
server.get(IngestionService, { strict: false }).write = (outcomes) =>
  Promise.resolve(outcomes.map(() => 'accepted'));
await server.listen(configuration.port, configuration.host);
