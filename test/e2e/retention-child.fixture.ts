import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compiledSources } from './compiled-sources.fixture.js';

/** Where a process is killed: the method at whose begin or end that happens. */
export interface StopPoint {
  readonly file: string;
  readonly owner: string;
  readonly method: string;
  readonly at: 'begin' | 'end';
}

/** What a process found before it began anything of its own. */
export interface Found {
  readonly archives: { readonly file: string | null; readonly rows: number | null }[];
  /** Ids of all outcomes of the experiment before, as exported. */
  readonly exported: string[];
  readonly partitions: number;
}

/**
 * A process that a hundred days later finishes what the one before left, and says what it found. Then it lets an experiment
 * end, and a day get old, and is killed while it archives that. `round` counts from zero.
 */
export async function archiveAndDie(
  environment: Readonly<Record<string, string>>,
  round: number,
  stop: StopPoint | null,
): Promise<{ found: Found | null; signal: NodeJS.Signals | null; printed: string }> {
  const directory = pathToFileURL(join(await compiledSources(), '/')).href;
  const input = JSON.stringify({ directory, environment, round, stop });
  const { PATH = '', HOME = '' } = process.env;
  const folder = await mkdtemp(join(tmpdir(), 'assay-child-'));
  // The embedded database's thread takes over the options of its process, so the script has to be a file.
  await writeFile(join(folder, 'child.mjs'), script);
  const child = spawn(process.execPath, [join(folder, 'child.mjs'), input], {
    env: { PATH, HOME },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: Record<'stdout' | 'stderr', string> = { stdout: '', stderr: '' };
  child.stdout.on('data', (bytes: Buffer) => (printed.stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (printed.stderr += bytes.toString()));
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  await rm(folder, { recursive: true });
  const line = /^FOUND (.*)$/m.exec(printed.stdout)?.[1];
  return {
    found: line === undefined ? null : (JSON.parse(line) as Found),
    signal,
    printed: printed.stdout + printed.stderr,
  };
}

/** How many outcomes each process sends. */
export const sentPerRound = 1_200;

const script = `
const { directory, environment, round, stop } = JSON.parse(process.argv.at(-1));
const load = (path) => import(directory + path);
const { createServer } = await load('server.factory.js');
const { readConfiguration } = await load('operations/configuration/read-configuration.js');
const { Clock } = await load('operations/clock.js');
const { RetentionService } = await load('metrics/retention/retention.service.js');
const { OutcomeDayStore } = await load('metrics/retention/outcome-day.store.js');
const { ExposureWriter } = await load('bucketing/exposure-writer.service.js');

const app = await createServer(readConfiguration({ ASSAY_LOG_LEVEL: 'error', ASSAY_RETENTION: 'P30D', ...environment }));
await app.init();
await app.getHttpAdapter().getInstance().ready();
const clock = app.get(Clock);
const present = clock.now.bind(clock);
let ahead = round * 100 * 86_400_000;
clock.now = () => new Date(present().getTime() + ahead);
const retention = app.get(RetentionService, { strict: false });
const call = async (method, url, payload) => {
  const headers = payload === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  if (answer.statusCode >= 300) throw new Error(url + ': ' + answer.statusCode + ' ' + answer.body);
  return answer;
};

if (round > 0) {
  await retention.run();
  const before = await call('GET', '/v1/experiments/round-' + (round - 1) + '/export?kind=outcomes');
  const found = {
    archives: JSON.parse((await call('GET', '/v1/archives')).body).archives,
    exported: before.body.trim().split('\\n').map((line) => JSON.parse(line).id),
    partitions: (await app.get(OutcomeDayStore, { strict: false }).days()).length,
  };
  console.log('FOUND ' + JSON.stringify(found));
}
if (stop === null) {
  await app.close();
  process.exit(0);
}

const key = 'round-' + round;
const variants = [{ key: 'a' }, { key: 'b' }];
const metrics = { primary: 'latency_ms', window: 'PT1H' };
await call('POST', '/v1/experiments', { key, control: 'a', variants, metrics, guardrails: [] });
await call('POST', '/v1/experiments/' + key + '/start', {});
await call('POST', '/v1/assignments', { experiment: key, unit: 'u' });
await app.get(ExposureWriter, { strict: false }).drained();
const outcomes = Array.from({ length: ${sentPerRound} }, (_, index) =>
  ({ id: key + ':' + index, experiment: key, unit: 'u', metrics: { latency_ms: index } }));
await call('POST', '/v1/outcomes', { outcomes });
await call('POST', '/v1/experiments/' + key + '/conclude', {});
ahead += 50 * 86_400_000;

const { prototype } = (await load(stop.file))[stop.owner];
const original = prototype[stop.method];
prototype[stop.method] = async function (...given) {
  if (stop.at === 'end') await original.apply(this, given);
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});
};
await retention.run();
console.log('it was not killed');
process.exit(1);
`;
