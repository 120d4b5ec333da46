import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scratchDatabaseIfAny } from '../database/services.fixture.js';
import { startServer, type Answer, type StartedServer } from './server.fixture.js';

/** A server that can be stopped and started again on the same data: a folder, or one database of DATABASE_URL's server. */
export interface RestartingServer {
  current(): StartedServer;
  call: StartedServer['call'];
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startRestartingServer(): Promise<RestartingServer> {
  const database = await scratchDatabaseIfAny();
  const folder = await mkdtemp(join(tmpdir(), 'assay-restart-'));
  // The environment's own database would be a fresh one at every start.
  const start = () =>
    startServer({ ASSAY_DATA_DIR: folder, ...(database ? { DATABASE_URL: database.url } : {}) });
  let server = await start();
  return {
    current: () => server,
    call: (...request): Promise<Answer> => server.call(...request),
    async restart() {
      await server.close();
      server = await start();
    },
    async close() {
      await server.close();
      await database?.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
