import { ChildServer } from './child-server.fixture.js';
import { createScratchDatabase, serviceAddress } from '../database/services.fixture.js';

const definition = {
  control: 'a',
  variants: [{ key: 'a' }, { key: 'b' }],
  metrics: { primary: 'latency_ms', window: 'PT1H' },
  guardrails: [],
};

/** What an assignment says, as far as these tests ask. */
export interface Assigned {
  readonly variant: string | null;
  readonly reason: string;
  readonly version: number;
}

/** A weight epoch, as far as these tests ask. */
export interface Epoch {
  readonly number: number;
  readonly phase: number;
  readonly coverage: number;
  readonly evidence: { readonly steps?: readonly object[] };
}

/** Three servers, each a process of its own, on one fresh PostgreSQL database and one Redis. */
export class Replicas {
  private constructor(
    readonly databaseUrl: string,
    private readonly drop: () => Promise<void>,
    private readonly servers: readonly ChildServer[],
  ) {}

  static async start(): Promise<Replicas> {
    const database = await createScratchDatabase();
    const environment = { DATABASE_URL: database.url, REDIS_URL: serviceAddress('REDIS_URL') };
    const servers = await Promise.all([1, 2, 3].map(() => ChildServer.start(environment)));
    return new Replicas(database.url, () => database.drop(), servers);
  }

  at(index: number): ChildServer {
    const server = this.servers[index];
    if (!server) throw new RangeError(`There is no server ${index}`);
    return server;
  }

  async close(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.kill('SIGKILL')));
    await this.drop();
  }

  /** Posts to one of them; throws unless it succeeds. */
  async post(index: number, path: string, body: object = {}): Promise<Record<string, unknown>> {
    const answer = await this.at(index).call('POST', `/v1/${path}`, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Record<string, unknown>;
  }

  async begin(key: string, rest: object = {}): Promise<void> {
    await this.post(0, 'experiments', { ...definition, key, ...rest });
    await this.post(0, `experiments/${key}/start`);
  }

  async assign(index: number, experiment: string, unit: string): Promise<Assigned> {
    return (await this.post(index, 'assignments', { experiment, unit })) as unknown as Assigned;
  }

  /** The version that one of them serves. */
  async versionAt(index: number, experiment: string): Promise<number> {
    const path = `/v1/assignments?experiment=${experiment}&unit=anyone`;
    return ((await this.at(index).call('GET', path)).body as Assigned).version;
  }

  /** Weight epochs, oldest first. */
  async epochs(key: string): Promise<Epoch[]> {
    const { body } = await this.at(0).call('GET', `/v1/experiments/${key}/epochs`);
    return (body as { epochs: Epoch[] }).epochs.toReversed();
  }

  /** Actions of the decision log, oldest first. */
  async actions(key: string): Promise<string[]> {
    const { body } = await this.at(0).call('GET', `/v1/experiments/${key}/decisions`);
    return (body as { decisions: { action: string }[] }).decisions.map(({ action }) => action).reverse();
  }

  weigh(index: number, experiment: string, weights: Readonly<Record<string, number>>) {
    return this.at(index).call('PUT', `/v1/experiments/${experiment}/allocation`, { mode: 'fixed', weights });
  }
}
