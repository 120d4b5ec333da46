import { times, whole } from '../bar.mjs';
import { postgresVersion } from '../database.mjs';
import { median, table } from '../report.mjs';
import { inTurns, medianRatio, rounds } from '../rounds.mjs';
import { versionOf } from '../versions.mjs';
import { residentAfter } from './resident.mjs';
import { starts } from './starts.mjs';
import { whereTimeGoes } from './where-time-goes.mjs';

const units = Number(process.env.BENCH_UNITS ?? 1_000_000);

/** Measures how soon the server is ready, and what it keeps in memory. */
export async function run() {
  const figures = await inTurns(starts);
  const memory = await residentAfter(units);
  const bare = figures.fastify.map(({ warm }) => warm);
  const row = (name, values, bar) => {
    const value = median(values);
    const verdict = bar ? `≤ ${whole(bar)} ms: ${value <= bar ? 'met' : 'NOT MET'}` : '–';
    return [name, whole(value), times(medianRatio(values, bare)), verdict];
  };
  const of = (side, when) => figures[side].map((figure) => figure[when]);
  const text = [
    `Milliseconds from the start of the process until \`/health/ready\` answers 200, medians of ${rounds} rounds; PGlite ${versionOf('@electric-sql/pglite')}, ` +
      `PostgreSQL ${await postgresVersion()}, Fastify ${versionOf('fastify')} with one route. The first start finds no database and no cached template.`,
    table(
      ['', 'ms', 'vs Fastify', 'bar'],
      [
        row('embedded, first start', of('embedded', 'first'), 3_000),
        row('embedded, later', of('embedded', 'warm'), 1_000),
        row('PostgreSQL, first start: all migrations', of('postgres', 'first')),
        row('PostgreSQL, later', of('postgres', 'warm')),
        row('Fastify', bare),
      ],
    ),
    `After ${whole(units)} distinct units were assigned and exposed over HTTP, at ${whole(memory.perSecond)} a second, the server on PostgreSQL holds ${whole(memory.now)} MB ` +
      `(bar: < 200 MB, ${memory.now < 200 ? 'met' : 'NOT MET'}), ${times(memory.now / memory.ready)} of the ${whole(memory.ready)} MB it held when it was ready; the most was ${whole(memory.peak)} MB. ` +
      'All exposures were found stored.',
    whereTimeGoes,
  ];
  return { title: 'Start and memory', text: `${text.join('\n\n')}\n` };
}
