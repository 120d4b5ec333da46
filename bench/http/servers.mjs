import { fileURLToPath } from 'node:url';
import { countOf } from '../database.mjs';
import { startExperiment, unitOf } from '../experiment.mjs';
import { assayServer, send, startServer } from '../server-process.mjs';
import { bodyOf, unitCount } from './outcomes.mjs';

export const experiment = 'exp_bench';
const scriptOf = (name) => fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
const nodeWords = process.env.BENCH_NODE_WORDS?.split(' ') ?? [];

/** A server of Assay on that database, with an experiment that runs and units that have been exposed. */
async function startAssay(script, databaseUrl) {
  const env = { DATABASE_URL: databaseUrl, ASSAY_SPOOL_DIR: '' };
  const server = await startServer(script, { env, nodeWords });
  await startExperiment(server.url, experiment);
  const numbers = Array.from({ length: unitCount }, (_, number) => number);
  while (numbers.length > 0) {
    const some = numbers.splice(0, 50);
    await Promise.all(
      some.map((number) => send(`${server.url}/v1/assignments`, { experiment, unit: unitOf(number) })),
    );
  }
  while ((await countOf(databaseUrl, 'SELECT count(*) FROM exposure')) < unitCount) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { ...server, databaseUrl };
}

/** All servers under comparison; the peers answer in the bytes that Assay answers. */
export async function startAll([durableUrl, emptyUrl]) {
  const assay = await startAssay(assayServer, durableUrl);
  const noStorage = await startAssay(scriptOf('no-storage'), emptyUrl);
  const path = `/v1/assignments?experiment=${experiment}&unit=${unitOf(7)}`;
  const ANSWER = await (await fetch(assay.url + path)).text();
  const POST_ANSWER = JSON.stringify(
    await send(`${noStorage.url}/v1/outcomes`, JSON.parse(bodyOf(experiment))),
  );
  const fastify = await startServer(scriptOf('fastify'), { env: { ANSWER, POST_ANSWER }, path: '/' });
  const node = await startServer(scriptOf('node-http'), { env: { ANSWER }, path: '/' });
  await checkAlike({ assay, fastify, node }, path);
  return { assay, noStorage, fastify, node, answerBytes: ANSWER.length };
}

async function checkAlike(servers, path) {
  const answers = await Promise.all(
    Object.values(servers).map(async ({ url }) => (await fetch(url + path)).text()),
  );
  if (new Set(answers).size !== 1) throw new Error(`The servers answer differently: ${answers.join('\n')}`);
}
