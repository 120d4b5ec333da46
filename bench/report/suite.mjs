import { atLeast, atMost, times, whole } from '../bar.mjs';
import { residentMegabytes } from '../cpu.mjs';
import { postgresVersion, withDatabase } from '../database.mjs';
import { redisUrl } from '../redis.mjs';
import { median, table } from '../report.mjs';
import { inTurns, medianRatio, rounds } from '../rounds.mjs';
import { withList } from './list.mjs';
import { readReport, startArticle, startReporting } from './reads.mjs';
import { seed } from './seed.mjs';
import { whereTimeGoes } from './where-time-goes.mjs';

const key = 'assay-bench:exp_metrics';
const small = Number(process.env.BENCH_SMALL ?? 100_000);
const large = Number(process.env.BENCH_LARGE ?? 5_000_000);

/** Measures how long a report takes with few and with many events, and how long the reference article's way takes. */
export const run = () =>
  withDatabase(async (databaseUrl) => {
    await seed(databaseUrl, { small, large });
    return withList({ databaseUrl, experiment: 'exp_large', key }, () => measured(databaseUrl));
  });

async function measured(databaseUrl) {
  const server = await startReporting(databaseUrl);
  try {
    const ready = residentMegabytes(server.pid).now;
    for (const experiment of ['exp_small', 'exp_large']) await readReport(server, experiment);
    const { article: theirs, ...ours } = await inTurns({
      small: () => readReport(server, 'exp_small'),
      large: () => readReport(server, 'exp_large'),
      article: readByArticle,
    });
    checkAlike(ours.large[0].report, theirs[0].results);
    return { title: 'Reports', text: await describe(ours, theirs, ready) };
  } finally {
    await server.stop();
  }
}

/** A process for each reading: it keeps gigabytes, which are not to be there when Assay's turn comes. */
async function readByArticle() {
  const article = await startArticle(redisUrl, key);
  try {
    return await article.read();
  } finally {
    await article.stop();
  }
}

function checkAlike(report, results) {
  for (const { key, variants } of report.metrics)
    for (const variant of variants) {
      const theirs = results[variant.key][key];
      if (theirs && (Math.abs(variant.mean / theirs.mean - 1) > 1e-9 || variant.events !== theirs.count))
        throw new Error(
          `${key} of ${variant.key}: ${variant.mean} of ${variant.events} events, and by the article's way ${theirs.mean} of ${theirs.count}.`,
        );
    }
}

async function describe(ours, theirs, ready) {
  const waits = (figures) => figures.map(({ milliseconds }) => milliseconds);
  const most = (figures, name) => Math.max(...figures.map((figure) => figure[name]));
  const growth = medianRatio(waits(ours.large), waits(ours.small));
  const faster = medianRatio(waits(theirs), waits(ours.large));
  const peak = most([...ours.small, ...ours.large], 'peak');
  const row = (name, figures, events, verdict) => [
    name,
    whole(events),
    median(waits(figures)).toFixed(1),
    whole(most(figures, 'peak')),
    verdict,
  ];
  const delay = (figures) => `${most(figures, 'delay').toFixed(1)} ms`;
  const text = [
    `\`GET /v1/experiments/:key/results\` on the real server, medians of ${rounds} rounds; PostgreSQL ${await postgresVersion()}. Two variants, five metrics, each unit with ` +
      "four values of each. The article's way reads a list of the same events from Redis, parses, filters and sorts them. Both find the same means and numbers of events.",
    table(
      ['', 'events', 'ms', 'peak of resident MB', 'must / wished'],
      [
        row('Assay', ours.small, small, ''),
        row('Assay', ours.large, large, `${times(growth)} of the line above, ${atMost(growth, 1.5, 1.1)}`),
        row(
          "the article's way",
          theirs,
          large,
          `Assay is ${times(faster)} faster, ${atLeast(faster, 2_000, 8_000)}`,
        ),
      ],
    ),
    `Resident, the server held ${whole(ready)} MB when it was ready and ${whole(peak)} MB at most while it reported (${times(peak / ready)}; bar in MB ${atMost(peak, 120, 90)}). ` +
      `Its event loop was held up for ${delay(ours.small)} at most with ${whole(small)} events and for ${delay(ours.large)} with ${whole(large)} ` +
      `(bar: 20 ms, ${most(ours.large, 'delay') <= 20 ? 'met' : 'NOT MET'}).`,
    whereTimeGoes,
  ];
  return `${text.join('\n\n')}\n`;
}
