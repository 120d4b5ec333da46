// Runs one of the suites that jest.config.mjs names, and fails, instead of skipping, where what it needs is not given.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const needs = {
  system: {},
  services: {
    DATABASE_URL:
      'a PostgreSQL on which databases may be created, such as postgres://postgres@127.0.0.1:5432/postgres',
    REDIS_URL: 'a Redis, such as redis://127.0.0.1:6379',
  },
  simulation: {},
  faults: {},
  reference: { REFERENCE_DATA: 'the directory of the reference data' },
};

const [suite, ...words] = process.argv.slice(2);
const needed = needs[suite];
if (!needed) {
  console.error(`There is no suite "${suite ?? ''}"; choose one of ${Object.keys(needs).join(', ')}.`);
  process.exit(2);
}

const missing = Object.keys(needed).filter((name) => !process.env[name]);
for (const name of missing) {
  console.error(`test:${suite} cannot run: ${name} is not set. Set it to ${needed[name]}.`);
}
if (missing.length > 0) process.exit(1);

const data = process.env.REFERENCE_DATA;
if (suite === 'reference' && !existsSync(data)) {
  console.error(`test:reference cannot run: REFERENCE_DATA is "${data}", and there is no such directory.`);
  process.exit(1);
}

/** Where the tests of faults leave the lines of their table. */
const directory = suite === 'faults' ? mkdtempSync(join(tmpdir(), 'assay-fault-table-')) : null;
const table = directory && join(directory, 'rows.ndjson');

async function printTable() {
  if (!existsSync(table)) return;
  const { default: Table } = await import('cli-table3');
  const head = ['fault', 'figure', 'value', 'bar'];
  const lines = readFileSync(table, 'utf8').trim().split('\n');
  const rows = lines.map((line) => JSON.parse(line));
  const printed = new Table({ head, style: { head: [], border: [], compact: true } });
  let last = '';
  for (const { fault, figure, value, bar } of rows) {
    printed.push([fault === last ? '' : fault, figure, String(value), bar]);
    last = fault;
  }
  console.log(printed.toString());
}

const jest = spawn(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...words],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      TEST_SUITE: suite,
      STDERR_IS_TERMINAL: process.stderr.isTTY ? '1' : '0',
      ...(table ? { FAULT_TABLE: table } : {}),
    },
  },
);
jest.on('exit', async (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1);
  if (!directory) return;
  await printTable();
  rmSync(directory, { recursive: true });
});
