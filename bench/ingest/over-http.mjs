import { withDatabase } from '../database.mjs';
import { bodyOf } from '../http/outcomes.mjs';
import { experiment, startAll } from '../http/servers.mjs';
import { load } from '../load.mjs';
import { inTurns } from '../rounds.mjs';

const perRequest = 1_000;

/** `POST /v1/outcomes` with 1,000 items for each request, and Fastify that validates them and keeps nothing: events per second. */
export const overHttp = (amount) =>
  withDatabase((durable) => withDatabase((empty) => measured([durable, empty], amount)));

async function measured(urls, amount) {
  const servers = await startAll(urls);
  const post = (server) => async () => {
    const setting = {
      amount,
      path: '/v1/outcomes',
      method: 'POST',
      connections: 4,
      body: () => bodyOf(experiment, perRequest),
    };
    return (await load(server, setting)).perSecond * perRequest;
  };
  try {
    const { assay, noStorage, fastify } = servers;
    for (const server of [assay, noStorage, fastify]) await post(server)();
    return await inTurns({ durable: post(assay), noStorage: post(noStorage), fastify: post(fastify) });
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop?.()));
  }
}
