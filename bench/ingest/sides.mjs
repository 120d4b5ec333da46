import { countOf, withDatabase } from '../database.mjs';
import { withDirectory } from '../directory.mjs';
import { redisUrl, withKey } from '../redis.mjs';
import { eventList } from './rpush.mjs';
import { startWriter } from './writers.mjs';

const bulk = { size: 1_000, inFlight: 4 };
const single = { size: 1, inFlight: 500 };

async function measured(side, setting, calls) {
  const writer = await startWriter(side, setting);
  try {
    const figures = {};
    for (const [name, question] of Object.entries(calls)) figures[name] = await writer.measure(question);
    return figures;
  } finally {
    await writer.close();
  }
}

/** Each way to write, in a process of its own on an empty store: events per second of every call. */
export function sidesOf(seconds) {
  const assayCalls = {
    bulk: { call: 'bulk', ...bulk, seconds },
    written: { call: 'written', ...bulk, seconds },
  };
  return {
    assay: () =>
      withDatabase(async (databaseUrl) => {
        const calls = { ...assayCalls, single: { call: 'single', ...single, seconds } };
        const figures = await measured('assay', { databaseUrl, writer: 0 }, calls);
        await checkTotals(databaseUrl);
        return figures;
      }),
    embedded: () =>
      withDirectory((dataDirectory) => measured('assay', { dataDirectory, writer: 0 }, assayCalls)),
    rpush: () =>
      withKey(eventList, () =>
        measured(
          'rpush',
          { redisUrl, writer: 0 },
          {
            pipeline100: { call: 'pipeline100', size: 100, inFlight: 4, seconds },
            pipeline1000: { call: 'pipeline1000', size: 1_000, inFlight: 4, seconds },
          },
        ),
      ),
    bareRows: () =>
      withDatabase((databaseUrl) =>
        measured(
          'bare-rows',
          { databaseUrl, writer: 0 },
          {
            typeorm: { call: 'typeorm', ...bulk, seconds },
            single: { call: 'single', ...single, seconds },
          },
        ),
      ),
  };
}

/** Each stored value is counted once, in its metric's totals and in those of its unit. */
async function checkTotals(databaseUrl) {
  const rows = await countOf(databaseUrl, 'SELECT sum(cardinality(metrics)) FROM outcome');
  for (const table of ['cohort_total', 'unit_total']) {
    const counted = await countOf(databaseUrl, `SELECT coalesce(sum(events), 0) FROM ${table}`);
    if (counted !== rows) throw new Error(`${rows} values are stored, and ${table} counts ${counted}.`);
  }
}

/** How often a read after an acknowledgement lacked what was acknowledged, under load. */
export const freshReads = (seconds) =>
  withDatabase(async (databaseUrl) => {
    const writer = await startWriter('assay', { databaseUrl, writer: 0 });
    try {
      return await writer.measure({ freshFor: seconds });
    } finally {
      await writer.close();
    }
  });
