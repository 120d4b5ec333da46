import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withDatabase } from '../database.mjs';
import { withDirectory } from '../directory.mjs';
import { assayServer, startServer } from '../server-process.mjs';

const fastify = fileURLToPath(new URL('fastify.mjs', import.meta.url));

async function milliseconds(script, options) {
  const server = await startServer(script, options);
  await server.stop();
  return server.startup;
}

/** Runs work in a directory that nothing has been cached for, neither there nor in the directory for temporary files. */
const inFreshDirectory = (work) =>
  withDirectory((cwd) => work({ cwd, env: { TMPDIR: cwd, ASSAY_DATA_DIR: join(cwd, 'data') } }));

/** Milliseconds from the start of a process until it is ready: the first time on an empty store, and the second. */
export const starts = {
  embedded: () =>
    inFreshDirectory(async (options) => ({
      first: await milliseconds(assayServer, options),
      warm: await milliseconds(assayServer, options),
    })),
  postgres: () =>
    withDatabase((DATABASE_URL) =>
      inFreshDirectory(async ({ cwd, env }) => {
        const options = { cwd, env: { ...env, DATABASE_URL } };
        return {
          first: await milliseconds(assayServer, options),
          warm: await milliseconds(assayServer, options),
        };
      }),
    ),
  fastify: async () => ({ warm: await milliseconds(fastify, {}) }),
};
