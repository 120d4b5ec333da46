import { setTimeout as delay } from 'node:timers/promises';
import { ChildServer, type Beginning, type Ending } from '../e2e/child-server.fixture.js';
import { until } from '../e2e/crash-client.fixture.js';
import type { Store } from '../e2e/crash-store.fixture.js';
import { bundledServer } from './bundled-server.fixture.js';
import { verdictOf, type Reported, type Verdict } from './checker.fixture.js';
import { report, type FaultRow } from './fault-table.fixture.js';
import { LedgerClient } from './ledger-client.fixture.js';
import { Ledger } from './ledger.fixture.js';

const experiment = 'counted';
const settledUnits = 50;
const drainMilliseconds = 120_000;
const definition = {
  key: experiment,
  control: 'a',
  variants: [{ key: 'a' }, { key: 'b' }],
  metrics: { primary: 'latency_ms', secondary: ['cost_usd', 'user_rating'], window: 'P1D' },
  guardrails: [],
};
const adminKey = 'the-key-of-these-tests-is-long-enough';
const headers = { authorization: `Bearer ${adminKey}` };
let scenes = 0;
const openScenes = new Set<FaultScene>();

/** Closes what a failed test has left open. */
export async function closeScenes(): Promise<void> {
  for (const scene of openScenes) await scene.close();
}

/** What there is to a scene beside its store. */
export interface SceneOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly beginning?: Beginning;
}

/** A server with a running experiment, users under way, and a ledger of what they were promised. */
export class FaultScene {
  private constructor(
    readonly store: Store,
    private readonly options: SceneOptions,
    public server: ChildServer,
    private readonly ledger: Ledger,
    readonly client: LedgerClient,
  ) {}

  static async open(store: Store, options: SceneOptions = {}): Promise<FaultScene> {
    const server = await begin(store, options);
    const call = (method: string, path: string, body?: object) => server.call(method, path, body, headers);
    const created = await call('POST', '/v1/experiments', definition);
    const started = await call('POST', `/v1/experiments/${experiment}/start`, {});
    expect([created.status, started.status]).toEqual([201, 200]);
    const units = Array.from({ length: settledUnits }, (_, index) => `settled-${index}`);
    for (const unit of units) await call('POST', '/v1/assignments', { experiment, unit });
    await until(
      async () => (await call('GET', `/v1/experiments/${experiment}/results`)).body.health.exposed,
      (exposed) => exposed === settledUnits,
    );
    const ledger = await Ledger.open();
    const client = new LedgerClient(experiment, ledger, `unit-${(scenes += 1)}`, units, headers);
    client.use(server);
    const scene = new FaultScene(store, options, server, ledger, client);
    openScenes.add(scene);
    return scene;
  }

  call(method: string, path: string, body?: object) {
    return this.server.call(method, path, body, headers);
  }

  /** Gives the variants other weights: slots change hands. */
  async weigh(weights: Readonly<Record<string, number>>): Promise<void> {
    const path = `/v1/experiments/${experiment}/allocation`;
    expect((await this.call('PUT', path, { mode: 'fixed', weights })).status).toBe(200);
  }

  /** One more server on the same store. */
  replica(environment: Readonly<Record<string, string>>): Promise<ChildServer> {
    return begin(this.store, { environment: { ...this.options.environment, ...environment } });
  }

  /** Statuses of answers to outcomes other than "accepted". */
  unusualStatuses(): number[] {
    return [...this.client.statuses.keys()].filter((status) => status !== 202);
  }

  /** Does something to the scene while users are under way; ends once all they sent is acknowledged. */
  async underLoad(work: () => Promise<void>): Promise<void> {
    this.client.begin();
    try {
      await work();
    } finally {
      await this.client.end();
    }
  }

  /** Ends the server with the signal, if it has not ended by itself, and keeps everybody waiting. */
  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<Ending> {
    this.client.use();
    return this.server.kill(signal);
  }

  /** Starts it again at the same address; resolves with the milliseconds until it was ready. */
  async again(environment: Readonly<Record<string, string>> = {}): Promise<number> {
    const began = performance.now();
    const { port } = this.server;
    this.server = await begin(this.store, {
      ...this.options,
      environment: { ...this.options.environment, ...environment, PORT: port },
    });
    this.client.use(this.server);
    return performance.now() - began;
  }

  /** Milliseconds until nothing waits on disk any more and the server is ready without reservation. */
  async recovered(): Promise<number> {
    const began = performance.now();
    await until(
      async () => (await this.call('GET', '/health/ready').catch(() => null))?.body ?? null,
      (body) => body?.info?.database?.status === 'up' && body.info.spool?.records === 0,
      drainMilliseconds,
    );
    return performance.now() - began;
  }

  /** Waits until nothing waits on disk, ends the server in good order, and holds everything against the ledger. */
  async verdict(): Promise<Verdict> {
    await this.recovered();
    // Exposures are written behind.
    let reported = await this.reported();
    for (let before = -1; before !== reported.health.exposed; reported = await this.reported()) {
      before = reported.health.exposed;
      await delay(300);
    }
    expect(await this.server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    return this.store.session((client) => verdictOf(this.ledger, client, experiment, reported));
  }

  /** Adds what happened to the table, and holds it against the bars that every fault has. */
  async settle(fault: string, figures: readonly Omit<FaultRow, 'fault'>[] = []): Promise<Verdict> {
    const verdict = await this.verdict();
    const { answered, served } = this.client.assignments;
    const success = answered === 0 ? 0 : (100 * served) / answered;
    await report(
      [
        {
          figure: 'acknowledged (deferred)',
          value: `${verdict.acknowledged} (${this.client.deferred})`,
          bar: '',
        },
        { figure: 'lost', value: verdict.lost, bar: '0' },
        { figure: 'counted twice', value: verdict.countedTwice, bar: '0' },
        { figure: 'totals, report off', value: verdict.totalsOff + verdict.reportOff, bar: '0' },
        { figure: 'reassigned units', value: verdict.reassigned, bar: '0' },
        { figure: 'assignment success %', value: success, bar: '100' },
        ...figures,
      ].map((row) => ({ fault, ...row })),
    );
    expect(this.client.refusals).toEqual([]);
    expect(success).toBe(100);
    expect(verdict).toEqual({
      acknowledged: expect.any(Number) as number,
      lost: 0,
      countedTwice: 0,
      totalsOff: 0,
      reportOff: 0,
      reassigned: 0,
      neverExposed: 0,
    });
    return verdict;
  }

  async close(): Promise<void> {
    openScenes.delete(this);
    await this.server.kill('SIGKILL');
    await this.ledger.close();
    await this.store.drop();
  }

  private async reported(): Promise<Reported> {
    const { health, metrics } = (await this.call('GET', `/v1/experiments/${experiment}/results`)).body;
    const { variants } = metrics.find(({ key }: { key: string }) => key === 'latency_ms');
    return { health, variants };
  }
}

async function begin(store: Store, { environment, beginning }: SceneOptions): Promise<ChildServer> {
  return ChildServer.start(
    {
      ASSAY_ADMIN_KEY: adminKey,
      ASSAY_SECRETS: 'a-secret-that-outlives-the-process-0',
      ...store.environment,
      ...environment,
    },
    { program: await bundledServer(), ...beginning },
  );
}
