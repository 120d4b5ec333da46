import { fileURLToPath } from 'node:url';
import { ask, startProcess } from '../child-process.mjs';
import { countOf, rowsOf } from '../database.mjs';
import { multiply } from './multiply.mjs';

const feeder = fileURLToPath(new URL('feeder.mjs', import.meta.url));

async function feed(databaseUrl, keys, key, events) {
  const fed = startProcess(feeder, { words: [JSON.stringify({ databaseUrl, keys, key, events })] });
  await ask(fed);
  await fed.ended;
}

/**
 * Fills two experiments, both as old as their units: the small one through the product's statements; the large one
 * likewise up to a fifth, of which each unit is then copied four times more, into the experiment that is read.
 */
export async function seed(databaseUrl, { small, large }) {
  const keys = ['exp_small', 'exp_fifth', 'exp_large'];
  await feed(databaseUrl, keys, 'exp_small', small);
  await feed(databaseUrl, keys, 'exp_fifth', large / 5);
  await multiply(databaseUrl, 'exp_fifth', 'exp_large', 5);
  await rowsOf(databaseUrl, "UPDATE experiment SET started_at = started_at - interval '22 days'");
  await rowsOf(databaseUrl, "UPDATE weight_epoch SET started_at = started_at - interval '22 days'");
  await rowsOf(databaseUrl, 'VACUUM ANALYZE');
  for (const [key, events] of Object.entries({ exp_small: small, exp_large: large })) {
    await checkTotals(databaseUrl, key, events);
  }
}

async function checkTotals(databaseUrl, key, events) {
  const where = `WHERE experiment_id = (SELECT id FROM experiment WHERE key = '${key}')`;
  const values = await countOf(
    databaseUrl,
    `SELECT coalesce(sum(cardinality(metrics)), 0) FROM outcome ${where}`,
  );
  const outcomes = await countOf(databaseUrl, `SELECT count(*) FROM outcome ${where}`);
  const counted = await countOf(databaseUrl, `SELECT coalesce(sum(events), 0) FROM cohort_total ${where}`);
  const ofUnits = await countOf(databaseUrl, `SELECT coalesce(sum(events), 0) FROM unit_total ${where}`);
  if (outcomes !== events || counted !== values || ofUnits !== values)
    throw new Error(
      `${key}: ${outcomes} of ${events} outcomes; ${values} values, ${counted} in the totals, ${ofUnits} in the units' totals.`,
    );
}
