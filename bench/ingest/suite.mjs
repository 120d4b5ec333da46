import { atLeast, atMost, times, whole } from '../bar.mjs';
import { postgresVersion } from '../database.mjs';
import { median, table } from '../report.mjs';
import { inTurns, medianRatio, rounds } from '../rounds.mjs';
import { versionOf } from '../versions.mjs';
import { overHttp } from './over-http.mjs';
import { severalWriters } from './several.mjs';
import { freshReads, sidesOf } from './sides.mjs';
import { whereTimeGoes } from './where-time-goes.mjs';

const seconds = Number(process.env.BENCH_SECONDS ?? 5);
const rate = (figures, call) => figures.map((figure) => figure[call].perSecond);

/** Measures how many events per second are taken in, beside ways that do less. */
export async function run() {
  const sides = await inTurns(sidesOf(seconds));
  const writers = await inTurns({
    one: () => severalWriters(1, { seconds }),
    four: () => severalWriters(4, { seconds }),
    shared: () => severalWriters(4, { seconds, shared: true }),
  });
  const http = await overHttp(Math.ceil(seconds * 30));
  const fresh = await freshReads(seconds * rounds);
  const text = [
    await introduction(),
    bulkTable(sides),
    singleTable(sides),
    writersTable(writers),
    httpTable(http),
    `Of ${whole(fresh.reads)} reads of the totals, each begun after an outcome was acknowledged while batches of 1,000 were being written, ` +
      `${fresh.missing} lacked it (bar: 0, ${fresh.missing === 0 ? 'met' : 'NOT MET'}).`,
    whereTimeGoes,
  ];
  return { title: 'Taking events in', text: `${text.join('\n\n')}\n` };
}

const introduction = async () =>
  `Events per second, medians of ${rounds} rounds of ${seconds} s in a closed loop; PostgreSQL ${await postgresVersion()}, ioredis ${versionOf('ioredis')}, ` +
  `TypeORM ${versionOf('typeorm')}, PGlite ${versionOf('@electric-sql/pglite')}. Each event has an id and one value of one of five metrics; units send four in a row. ` +
  'Assay commits, dedupes, and moves the totals of units, variants and cohorts; the peers keep bare rows, or a list in memory. Clients and stores share the two cores.';

function bulkTable(sides) {
  const ours = rate(sides.assay, 'bulk');
  const volatile = sides.rpush.map(({ pipeline100, pipeline1000 }) =>
    Math.max(pipeline100.perSecond, pipeline1000.perSecond),
  );
  const row = (name, theirs, must, wished) => {
    const ratio = medianRatio(ours, theirs);
    return [name, whole(median(theirs)), times(ratio), must ? atLeast(ratio, must, wished) : '–'];
  };
  const embedded = medianRatio(rate(sides.embedded, 'bulk'), ours);
  return [
    table(
      ['batches of 1,000', 'events/s', 'Assay / this', 'must / wished'],
      [
        ['**Assay**, `OutcomeService.accept()`: validated and committed', whole(median(ours)), '', ''],
        row('Assay, `IngestionService.write()`: validated already', rate(sides.assay, 'written')),
        row('Redis `RPUSH`, the better of pipelines of 100 and 1,000, in memory', volatile, 0.75, 1.2),
        row("TypeORM's `insert()` of the bare rows", rate(sides.bareRows, 'typeorm'), 2, 4),
      ],
    ),
    `Embedded, in a directory, Assay takes ${whole(median(rate(sides.embedded, 'bulk')))} events/s: ${times(embedded)} of what it takes on PostgreSQL (${atLeast(embedded, 0.5, 0.7)}).`,
  ].join('\n\n');
}

function singleTable({ assay, bareRows }) {
  const [ours, theirs] = [rate(assay, 'single'), rate(bareRows, 'single')];
  const wait = (figures) => figures.map(({ single }) => single.p50);
  const [faster, wait50] = [medianRatio(ours, theirs), medianRatio(wait(assay), wait(bareRows))];
  return table(
    [
      'one event for each call, 500 in flight',
      'events/s',
      'p50 ms',
      'Assay / this',
      'must / wished',
      'p50',
      'must / wished',
    ],
    [
      ['**Assay**', whole(median(ours)), median(wait(assay)).toFixed(1), '', '', '', ''],
      [
        'one `INSERT` for each event, 20 connections',
        whole(median(theirs)),
        median(wait(bareRows)).toFixed(1),
        times(faster),
        atLeast(faster, 4, 6),
        times(wait50),
        atMost(wait50, 0.35, 0.2),
      ],
    ],
  );
}

function writersTable(writers) {
  const all = (figures) => figures.map(({ perSecond }) => perSecond);
  const row = (name, figures) => [
    name,
    whole(median(all(figures))),
    times(medianRatio(all(figures), all(writers.one))),
    `${(100 * median(figures.map(({ waiting }) => waiting))).toFixed(0)} %`,
  ];
  return table(
    [
      'processes that write to one experiment',
      'events/s',
      'vs one',
      'of connections at work, wait for a lock',
    ],
    [
      row('one', writers.one),
      row('four, about units of their own', writers.four),
      row('four, all about the same units at the same time', writers.shared),
    ],
  );
}

function httpTable({ durable, noStorage, fastify }) {
  const row = (name, figures) => [name, whole(median(figures)), times(medianRatio(durable, figures))];
  return table(
    [
      '`POST /v1/outcomes` with 1,000 items, 4 connections; each with three metrics',
      'outcomes/s',
      'Assay / this',
    ],
    [
      ['**Assay**, committed', whole(median(durable)), ''],
      row('Assay, validated, nothing stored', noStorage),
      row('Fastify, validated by a compiled schema, nothing stored', fastify),
    ],
  );
}
