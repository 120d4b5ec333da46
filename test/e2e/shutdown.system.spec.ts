import { setTimeout as delay } from 'node:timers/promises';
import { ChildServer } from './child-server.fixture.js';
import { until } from './crash-client.fixture.js';
import { freshStore, type Store } from './crash-store.fixture.js';
import type { Answer } from './server.fixture.js';

const exitMilliseconds = 5_000;
/** What a request came to: its answer, or nothing when the server took no more connections. */
type Outcome = Answer | null;

describe('a server told to stop while it works', () => {
  let store: Store;
  let server: ChildServer;
  let stopping = false;
  let exitAfter: number;
  let ending: unknown;
  const counted: string[] = [];
  const exposed: string[] = [];
  const statuses: number[] = [];
  const broken: string[] = [];
  let summaries: Outcome[];

  /** A request that began before the signal must be answered; later ones may be refused. */
  const ask = async (path: string, body: object, headers = {}): Promise<Outcome> => {
    const isLate = stopping;
    try {
      const answer = await server.call('POST', path, body, headers);
      statuses.push(answer.status);
      return answer;
    } catch (error) {
      if (!isLate && !stopping) broken.push(`${path}: ${String(error)}`);
      if (!isLate && stopping) broken.push(`${path} under way at the signal: ${String(error)}`);
      return null;
    }
  };

  async function visit(unit: string): Promise<void> {
    const assigned = await ask('/v1/assignments', { experiment: 'busy', unit });
    if (assigned?.status !== 200) return;
    exposed.push(unit);
    const id = `outcome-${unit}`;
    const outcome = { id, experiment: 'busy', unit, metrics: { latency_ms: 1 } };
    if ((await ask('/v1/outcomes', { outcomes: [outcome] }))?.status === 202) counted.push(id);
  }

  async function keepVisiting(visitor: number): Promise<void> {
    for (let visits = 0; !stopping; visits += 1) await visit(`user-${visitor}-${visits}`);
  }

  beforeAll(async () => {
    store = await freshStore();
    server = await ChildServer.start(store.environment);
    await ask('/v1/experiments', {
      key: 'busy',
      control: 'a',
      variants: [{ key: 'a' }, { key: 'b' }],
      metrics: { primary: 'latency_ms', window: 'PT1H' },
    });
    await ask('/v1/experiments/busy/start', {});
    const visiting = Array.from({ length: 20 }, (_, visitor) => keepVisiting(visitor));
    await until(
      () => Promise.resolve(counted.length),
      (count) => count > 100,
    );
    const summarizing = ['x', 'y', 'z'].map((user) =>
      ask('/api/summarize', { text: 'One sentence. And another one.' }, { 'x-user-id': user }),
    );
    await delay(150);
    stopping = true;
    const began = Date.now();
    ending = await server.kill('SIGTERM');
    exitAfter = Date.now() - began;
    summaries = await Promise.all(summarizing);
    await Promise.all(visiting);
  }, 240_000);

  afterAll(async () => {
    await server.kill();
    await store.drop();
  });

  it('ends by itself, soon', () => {
    expect(ending).toEqual({ code: 0, signal: null });
    expect(exitAfter).toBeLessThan(exitMilliseconds);
  });

  it('answers every request that was under way, also those that wait for a model', () => {
    expect(broken).toEqual([]);
    expect(statuses.filter((status) => status >= 400 && status !== 503)).toEqual([]);
    expect(summaries.map((summary) => summary?.status)).toEqual([200, 200, 200]);
  });

  it('has committed every outcome it acknowledged and every exposure it caused', async () => {
    const rows = await store.query<{ id: string }>(
      `SELECT o.id FROM outcome o JOIN experiment e ON e.id = o.experiment_id WHERE e.key = 'busy'`,
    );
    expect(counted.filter((id) => !rows.some((row) => row.id === id))).toEqual([]);
    const met = await store.query<{ unit: string }>(
      `SELECT x.unit_id AS unit FROM exposure x JOIN experiment e ON e.id = x.experiment_id WHERE e.key = 'busy'`,
    );
    expect(exposed.filter((unit) => !met.some((row) => row.unit === unit))).toEqual([]);
    expect(exposed.length).toBeGreaterThan(100);
  }, 60_000);
});
