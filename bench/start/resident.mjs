import { residentMegabytes } from '../cpu.mjs';
import { countOf, withDatabase } from '../database.mjs';
import { startExperiment, unitOf } from '../experiment.mjs';
import { load } from '../load.mjs';
import { assayServer, startServer } from '../server-process.mjs';

const experiment = 'exp_bench';

/** Resident memory of the server on PostgreSQL in MB: once it is ready, and after so many units were assigned and exposed. */
export const residentAfter = (units) =>
  withDatabase(async (DATABASE_URL) => {
    const server = await startServer(assayServer, { env: { DATABASE_URL, ASSAY_SPOOL_DIR: '' } });
    try {
      const ready = residentMegabytes(server.pid).now;
      await startExperiment(server.url, experiment);
      const { perSecond } = await exposeAll(server, units);
      const stored = () => countOf(DATABASE_URL, 'SELECT count(*) FROM exposure');
      for (
        let before = -1, now = await stored();
        now > before && now < units;
        [before, now] = [now, await stored()]
      ) {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
      const rows = await stored();
      if (rows < units) throw new Error(`Of ${units} units, ${rows} exposures are stored.`);
      return { ready, perSecond, ...residentMegabytes(server.pid) };
    } finally {
      await server.stop();
    }
  });

/** The load may have made a few more bodies than it sent, never fewer. */
function exposeAll(server, units) {
  let next = 0;
  const body = () => JSON.stringify({ experiment, unit: unitOf(next++) });
  return load(server, { amount: units, path: '/v1/assignments', method: 'POST', body });
}
