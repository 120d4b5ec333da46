import { countOf, withDatabase } from '../database.mjs';
import { unitOf } from '../experiment.mjs';
import { load } from '../load.mjs';
import { inTurns, rounds } from '../rounds.mjs';
import { bodyOf, unitCount } from './outcomes.mjs';
import { experiment, startAll } from './servers.mjs';
import { describe } from './tables.mjs';

const amount = Number(process.env.BENCH_REQUESTS ?? 40_000);

/** Measures the real server beside bare ones. */
export const run = () => withDatabase((durable) => withDatabase((empty) => measured([durable, empty])));

async function measured(urls) {
  const servers = await startAll(urls);
  try {
    const { gets, posts } = await figuresOf(servers);
    await checkStored(servers);
    return { title: 'HTTP', text: await describe(gets, posts, { amount, answerBytes: servers.answerBytes }) };
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop?.()));
  }
}

async function figuresOf({ assay, noStorage, fastify, node }) {
  const paths = Array.from(
    { length: unitCount },
    (_, number) => `/v1/assignments?experiment=${experiment}&unit=${unitOf(number)}`,
  );
  const get = (server) => () => load(server, { amount, path: paths[0], paths });
  const post = (server) => () =>
    load(server, { amount, path: '/v1/outcomes', method: 'POST', body: () => bodyOf(experiment) });
  for (const server of [assay, fastify, node]) await get(server)();
  const gets = await inTurns({ assay: get(assay), fastify: get(fastify), node: get(node) });
  for (const server of [assay, noStorage, fastify]) await post(server)();
  const posts = await inTurns({ durable: post(assay), noStorage: post(noStorage), fastify: post(fastify) });
  return { gets, posts };
}

/** Every acknowledged outcome is one row, and the server without storage has none. */
async function checkStored({ assay, noStorage }) {
  const sent = amount * (rounds + 1);
  const rows = await countOf(assay.databaseUrl, 'SELECT count(*) FROM outcome');
  const counted = await countOf(
    assay.databaseUrl,
    "SELECT sum(events) FROM cohort_total t JOIN metric m ON m.id = t.metric WHERE m.key = 'latency_ms'",
  );
  const none = await countOf(noStorage.databaseUrl, 'SELECT count(*) FROM outcome');
  if (rows !== sent || counted !== sent || none !== 0)
    throw new Error(
      `${sent} outcomes were acknowledged; ${rows} are stored, ${counted} counted, and ${none} stored where none should be.`,
    );
}
