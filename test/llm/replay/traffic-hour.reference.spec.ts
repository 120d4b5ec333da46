import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { scratchDatabaseIfAny } from '../../database/services.fixture.js';
import { ChildServer } from '../../e2e/child-server.fixture.js';
import { readRows } from '../../e2e/reference-data.fixture.js';
import { replayProgram } from './replay-program.fixture.js';
import { ReplayingProvider, type RealAnswer } from './replaying-provider.fixture.js';

const speed = 60;
/** Of every so many arrivals, one is sent to the route without Assay too. */
const bareEvery = 4;
/** What is asked at once; more than this waits with its sender. A system takes so many new connections at a time. */
const connections = 100;
/** Milliseconds by which the figures of the two clocks may differ, and that Assay may add. */
const bars = { clocks: 5, added: 1 };
/** Requests under way up to which a moment is calm: what is measured then is not how long others queue. */
const calm = 4;
/** No machine is so busy that figures this far off are its doing. */
const gross = { clocks: 1_000, added: 100 };

interface Logged {
  readonly requestId: string;
  readonly streamed: boolean;
  readonly outcome: string;
  readonly ttftMilliseconds: number | null;
  readonly latencyMilliseconds: number;
}

interface Answered {
  readonly route: 'measured' | 'bare';
  readonly requestId: string;
  readonly said: string;
  readonly milliseconds: number;
  /** Requests under way when this one was sent. */
  readonly others: number;
}

/** Milliseconds since the first arrival, sixty times as fast as they were. */
function arrivals(): number[] {
  const path = join(process.env['REFERENCE_DATA'] ?? '', 'traffic', 'azure-llm-2023-code.csv.gz');
  const [, ...lines] = gunzipSync(readFileSync(path)).toString().trim().split(/\r?\n/);
  // Seven decimals of a second; dates of ECMAScript have three.
  const seconds = lines.map((line) => {
    const [instant = '', fraction = '0'] = (line.split(',')[0] ?? '').split('.');
    return Date.parse(`${instant.replace(' ', 'T')}Z`) / 1_000 + Number(`0.${fraction}`);
  });
  return seconds.map((second) => ((second - (seconds[0] ?? 0)) * 1_000) / speed);
}

function quantile(values: readonly number[], share: number): number {
  const ordered = values.toSorted((one, other) => one - other);
  return ordered[Math.min(ordered.length - 1, Math.floor(share * ordered.length))] ?? NaN;
}

function print(what: string, values: readonly number[], bar?: number): void {
  const [half, most] = [quantile(values, 0.5), quantile(values, 0.99)];
  const verdict =
    bar === undefined ? '' : `; bar ${bar} ms at the median: ${half <= bar ? 'met' : 'NOT MET'}`;
  process.stdout.write(
    `${what}: median ${half.toFixed(2)}, p99 ${most.toFixed(2)} of ${values.length}${verdict}\n`,
  );
}

describe('an hour of real arrivals, sixty times as fast, through a decorated route', () => {
  const answers = readRows<RealAnswer>('llm-replay/gsm8k-gpt3-variants.jsonl.gz').filter(
    ({ output }) => output.trim() !== '',
  );
  const known = [...new Map(answers.map((each) => [each.prompt, each])).values()];
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const directory = mkdtempSync(join(tmpdir(), 'assay-replay-'));
  let provider: ReplayingProvider;
  let server: ChildServer;
  let drop: () => Promise<void> = () => Promise.resolve();
  const answered: Answered[] = [];
  const failures: string[] = [];
  const times = arrivals();
  let underWay = 0;

  const ask = (route: Answered['route'], place: number, user = 'user'): Promise<void> => {
    const text = known[place % known.length]?.prompt;
    const headers = { 'content-type': 'application/json', 'x-user': `${user}-${place % 3_000}` };
    let begun = performance.now();
    const others = underWay++;
    return new Promise((resolve) => {
      const sent = request(`${server.url}/${route}`, { method: 'POST', agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const milliseconds = performance.now() - begun;
          const body = Buffer.concat(chunks).toString();
          if (response.statusCode === 200)
            answered.push({ ...JSON.parse(body), route, milliseconds, others });
          else failures.push(`${route} ${response.statusCode}: ${body}`);
          underWay -= 1;
          resolve();
        });
      });
      sent.on('socket', () => (begun = performance.now()));
      sent.on('error', (error) => (failures.push(`${route}: ${error.message}`), resolve()));
      sent.end(JSON.stringify({ text, streamed: place % 2 === 0 }));
    });
  };
  /** A busy machine may have to write for longer than an answer is waited for. */
  const health = async () => {
    for (let tries = 0; tries < 10; tries += 1) {
      const answer = await server.call('GET', '/v1/experiments/replayed/results').catch(() => null);
      if (answer?.status === 200) return answer.body.health;
    }
    throw new Error('There was no report in ten tries');
  };
  const exported = async (kind: string): Promise<string[]> => {
    const answer = await fetch(`${server.url}/v1/experiments/replayed/export?kind=${kind}`);
    return (await answer.text()).split('\n').filter((line) => line !== '');
  };

  beforeAll(async () => {
    const database = await scratchDatabaseIfAny();
    if (database) drop = () => database.drop();
    provider = await ReplayingProvider.start(known);
    server = await ChildServer.spawn(
      {
        ANTHROPIC_API_KEY: 'key',
        ANTHROPIC_BASE_URL: provider.url,
        ...(database ? { DATABASE_URL: database.url } : { ASSAY_DATA_DIR: join(directory, 'data') }),
      },
      { program: await replayProgram() },
    );
    await server.answers('/v1/experiments/replayed');
    // The first calls find code that was never run. Of users of their own: who asks the same again within minutes is a retry.
    for (let place = 0; place < 400; place += 1)
      await ask(place % 2 === 0 ? 'bare' : 'measured', place >> 1, 'early');
    await warmedUp();
  }, 120_000);
  afterAll(async () => {
    await server.kill('SIGTERM');
    await provider.stop();
    agent.destroy();
    await drop();
    rmSync(directory, { recursive: true, force: true });
  }, 120_000);

  let before = { generations: 0, outcomes: 0 };
  async function warmedUp(): Promise<void> {
    before = await counted(answered.filter(({ route }) => route === 'measured').length);
    answered.length = 0;
  }

  /** Waits until so many generations are counted. */
  async function counted(generations: number): Promise<typeof before> {
    for (const deadline = Date.now() + 300_000; ; await wait(500)) {
      const { receipts, outcomes } = await health();
      const now = { generations: receipts.generations as number, outcomes: outcomes as number };
      if ((now.generations >= generations && now.outcomes >= generations) || Date.now() > deadline)
        return now;
    }
  }

  it('logs and counts every generation once, with the times that the provider knows, and adds little', async () => {
    const begun = performance.now();
    const sent: Promise<void>[] = [];
    let late = 0;
    for (const [place, at] of times.entries()) {
      const early = at - (performance.now() - begun);
      if (early > 0) await wait(early);
      else late = Math.max(late, -early);
      // Whichever is sent first is answered by a server that is the less busy.
      const routes = place % bareEvery > 0 ? (['measured'] as const) : (['bare', 'measured'] as const);
      const ordered = place % (2 * bareEvery) === 0 ? routes : routes.toReversed();
      sent.push(...ordered.map((route) => ask(route, place)));
    }
    await Promise.all(sent);
    const seconds = (performance.now() - begun) / 1_000;
    process.stdout.write(
      `${times.length} arrivals in ${seconds.toFixed(1)} s, sent up to ${late.toFixed(0)} ms late\n`,
    );
    expect(failures.slice(0, 5)).toEqual([]);

    const measured = answered.filter(({ route }) => route === 'measured');
    expect(measured).toHaveLength(times.length);
    for (const { requestId, said } of answered)
      expect(said).toBe(provider.times.get(requestId)?.answer.output);
    const total = await counted(before.generations + times.length);
    expect(total.generations - before.generations).toBe(times.length);
    expect(total.outcomes - before.outcomes).toBe(times.length);

    const ids = new Set(measured.map(({ requestId }) => requestId));
    const logged = (await exported('generations'))
      .map((line) => JSON.parse(line) as Logged)
      .filter(({ requestId }) => ids.has(requestId));
    expect(logged).toHaveLength(times.length);
    expect(new Set(logged.map(({ requestId }) => requestId))).toEqual(ids);
    expect(logged.filter(({ outcome }) => outcome !== 'finished')).toEqual([]);
    await expectTokens();

    const clock = ({ requestId }: { requestId: string }) => {
      const found = provider.times.get(requestId);
      if (!found) throw new Error(`The provider knows no request ${requestId}`);
      return found;
    };
    const streams = logged.filter(({ streamed }) => streamed);
    const first = streams.map((each) => Math.abs((each.ttftMilliseconds ?? NaN) - clock(each).first));
    const whole = logged.map((each) => Math.abs(each.latencyMilliseconds - clock(each).whole));
    print('milliseconds of the time to first token, off the provider’s own clock', first, bars.clocks);
    print('milliseconds of the latency, off the provider’s own clock', whole, bars.clocks);
    // What the provider itself took is in neither.
    const over = (route: Answered['route'], among = answered) =>
      among.filter((each) => each.route === route).map((each) => each.milliseconds - clock(each).whole);
    expect(over('bare')).toHaveLength(Math.ceil(times.length / bareEvery));
    print('milliseconds beyond the provider, by the SDK alone', over('bare'));
    print('milliseconds beyond the provider, under Assay', over('measured'));
    const added = quantile(over('measured'), 0.5) - quantile(over('bare'), 0.5);
    process.stdout.write(
      `added latency at the median: ${added.toFixed(2)} ms; bar ${bars.added} ms: ${added <= bars.added ? 'met' : 'NOT MET'}\n`,
    );
    print(
      'requests under way when one comes',
      answered.map(({ others }) => others),
    );
    const calmAnswers = answered.filter(({ others }) => others <= calm);
    print('in calm moments, beyond the provider, by the SDK alone', over('bare', calmAnswers));
    print('in calm moments, beyond the provider, under Assay', over('measured', calmAnswers));
    const calmly = new Set(calmAnswers.map(({ requestId }) => requestId));
    const inCalm = logged.filter(({ requestId }) => calmly.has(requestId));
    print(
      `milliseconds of the latency in calm moments (up to ${calm} under way), off the provider’s own clock`,
      inCalm.map((each) => Math.abs(each.latencyMilliseconds - clock(each).whole)),
      bars.clocks,
    );
    for (const figures of [first, whole]) expect(quantile(figures, 0.5)).toBeLessThan(gross.clocks);
    expect(added).toBeLessThan(gross.added);
  }, 900_000);

  /** Every token that the provider counted for the measured route was recorded, and no other. */
  async function expectTokens(): Promise<void> {
    const outcomes = (await exported('outcomes')).map(
      (line) => (JSON.parse(line) as { metrics: Record<string, number> }).metrics,
    );
    const recorded = outcomes.reduce((sum, metrics) => sum + (metrics['output_tokens'] ?? 0), 0);
    const ids = (await exported('generations')).map((line) => (JSON.parse(line) as Logged).requestId);
    const told = ids.reduce((sum, id) => sum + (provider.times.get(id)?.answer.output_tokens ?? NaN), 0);
    expect(recorded).toBe(told);
  }
});
