import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { ask, startProcess } from '../child-process.mjs';
import { forgetPeak, residentMegabytes } from '../cpu.mjs';
import { median } from '../report.mjs';
import { assayServer, startServer } from '../server-process.mjs';

const place = (name) => new URL(name, import.meta.url);
const extra = process.env.BENCH_NODE_WORDS?.split(' ') ?? [];

/** Assay's server, which also tells how long its event loop was held up. */
export const startReporting = (DATABASE_URL) =>
  startServer(assayServer, {
    env: { DATABASE_URL, ASSAY_SPOOL_DIR: '' },
    nodeWords: [...extra, '--import', place('loop-delay.mjs').href],
  });

/** Reads a report for two seconds, once at least: milliseconds of the median, the longest delay of the server's event loop and its peak of memory. */
export async function readReport(server, key) {
  forgetPeak(server.pid);
  await ask(server, 'forget');
  const waits = [];
  let report;
  const end = performance.now() + 2_000;
  for (let start = performance.now(); start < end || waits.length === 0; start = performance.now()) {
    const answer = await fetch(`${server.url}/v1/experiments/${key}/results`);
    report = await answer.json();
    if (!answer.ok) throw new Error(JSON.stringify(report));
    waits.push(performance.now() - start);
  }
  return {
    milliseconds: median(waits),
    delay: await ask(server, 'read'),
    peak: residentMegabytes(server.pid).peak,
    report,
  };
}

/** The article's way in a process of its own, with all the memory it wants; each message is one reading. */
export async function startArticle(redisUrl, key) {
  const started = startProcess(fileURLToPath(place('article.mjs')), {
    words: [redisUrl, key],
    nodeWords: ['--max-old-space-size=12000'],
  });
  await ask(started);
  return {
    read: async () => ({ ...(await ask(started, 'read')), peak: residentMegabytes(started.pid).peak }),
    stop: () => started.stop(),
  };
}
