// npm run bench -- <suite>: runs one suite, prints it and writes it into docs/benchmarks.md beside the others.
import { writeReport } from './report.mjs';

const suites = ['assign', 'http', 'ingest', 'report', 'start', 'bandit'];
const [suite] = process.argv.slice(2);
if (!suites.includes(suite)) {
  console.error(`There is no suite "${suite ?? ''}"; choose one of ${suites.join(', ')}.`);
  process.exit(2);
}
const { run } = await import(`./${suite}/suite.mjs`);
await writeReport(suite, await run());
