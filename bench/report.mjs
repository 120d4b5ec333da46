import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';

const results = new URL('results/', import.meta.url);
const page = new URL('../docs/benchmarks.md', import.meta.url);

const head = `# Benchmarks

Each case runs Assay beside its peers in one run: a process for each, taken in turns, several rounds, medians. **Read the ratios**:
other machines shift all figures together. A bar that is not met says so. Repeat a suite with

\`\`\`sh
npm run build && npm ci --prefix bench && npm run bench -- assign
\`\`\`

The suites are assign, http, ingest, report, start and bandit. All but assign and bandit need PostgreSQL (\`DATABASE_URL\`), ingest and report
Redis too (\`REDIS_URL\`). \`BENCH_ROUNDS\` says how often each side is measured, 5 times if it is not set.
`;

/** Keeps a suite's result, and writes the page anew from all that are kept. */
export async function writeReport(suite, { title, text }) {
  mkdirSync(results, { recursive: true });
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(new URL(`${suite}.md`, results), `## ${title}\n\n${date}, ${machine()}.\n\n${text}`);
  const sections = readdirSync(results)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => readFileSync(new URL(name, results), 'utf8').trim());
  writeFileSync(page, `${[head.trim(), ...sections].join('\n\n')}\n`);
  execFileSync('npx', ['prettier', '--write', 'docs/benchmarks.md', 'bench/results'], {
    cwd: new URL('..', import.meta.url),
    stdio: 'ignore',
  });
  console.log(text);
}

function machine() {
  const [{ model }] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${cpus().length} × ${model.trim()}, ${memory}, Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`;
}

/** Median of numbers. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A table in Markdown. */
export function table(titles, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}
