import { atLeast, atMost, times, whole } from '../bar.mjs';
import { postgresVersion } from '../database.mjs';
import { median, table } from '../report.mjs';
import { medianRatio, rounds } from '../rounds.mjs';
import { versionOf } from '../versions.mjs';
import { bodyOf } from './outcomes.mjs';
import { experiment } from './servers.mjs';
import { whereTimeGoes } from './where-time-goes.mjs';

const of = (figures, name) => figures.map((figure) => figure[name]);

const titles = [
  '',
  'server µs for a request',
  'vs Fastify',
  'must / wished',
  'requests/s',
  'vs Fastify',
  'p50 ms',
  'p99 ms',
];

function row(name, figures, peer, bar) {
  const ratio = medianRatio(of(figures, 'cpu'), of(peer, 'cpu'));
  return [
    name,
    median(of(figures, 'cpu')).toFixed(0),
    times(ratio),
    bar ? atMost(ratio, ...bar) : '–',
    whole(median(of(figures, 'perSecond'))),
    times(medianRatio(of(figures, 'perSecond'), of(peer, 'perSecond'))),
    ...['p50', 'p99'].map((name) => `${median(of(figures, name))}`),
  ];
}

/** The figures as text. */
export async function describe(gets, posts, { amount, answerBytes }) {
  const durability = medianRatio(of(posts.durable, 'perSecond'), of(posts.noStorage, 'perSecond'));
  const text = [
    `${rounds} rounds of ${whole(amount)} requests over 50 connections by autocannon ${versionOf('autocannon')}; Fastify ${versionOf('fastify')}, ` +
      `PostgreSQL ${await postgresVersion()}. Processor time is that of the server's process, user and system, all threads; the load and PostgreSQL share the two cores. ` +
      `Fastify and node:http answer the ${answerBytes} bytes of Assay as a constant; Fastify's POST validates by a compiled schema and keeps nothing.`,
    table(titles, [
      row('`GET /v1/assignments`', gets.assay, gets.fastify, [1.5, 1.2]),
      row('Fastify', gets.fastify, gets.fastify),
      row('node:http', gets.node, gets.fastify),
    ]),
    table(titles, [
      row('`POST /v1/outcomes`, validated, nothing stored', posts.noStorage, posts.fastify, [1.6, 1.25]),
      row('`POST /v1/outcomes`, committed', posts.durable, posts.fastify),
      row('Fastify', posts.fastify, posts.fastify),
    ]),
    `One outcome of ${bodyOf(experiment).length} bytes for each POST. Committed, with every total kept, the server takes ${times(durability)} the requests per second ` +
      `that it takes when nothing is stored (${atLeast(durability, 0.6, 0.8)}). Each acknowledged outcome was found stored and counted once.`,
    whereTimeGoes,
  ];
  return `${text.join('\n\n')}\n`;
}
