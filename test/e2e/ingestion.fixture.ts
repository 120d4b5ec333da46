import { ExperimentsService } from '../../src/experiments/experiments.service.js';
import { TotalsStore } from '../../src/metrics/totals.store.js';
import { startServer, type Answer, type StartedServer } from './server.fixture.js';

/** What was counted of a metric, over all variants. */
export interface Counted {
  readonly units: number;
  readonly events: number;
  readonly sum: number;
}

/** A running experiment, and what its users and its server send. */
export class IngestionFixture {
  private users = 0;

  private constructor(
    readonly server: StartedServer,
    readonly key: string,
  ) {}

  static async start(key: string): Promise<IngestionFixture> {
    const server = await startServer();
    const created = await server.call('POST', '/v1/experiments', {
      key,
      control: 'control',
      variants: [
        { key: 'control', config: { systemPrompt: 'Be brief.' } },
        { key: 'treatment', config: { systemPrompt: 'Be thorough.' } },
      ],
      metrics: { primary: 'user_rating', secondary: ['latency_ms', 'cost_per_success'] },
    });
    const started = await server.call('POST', `/v1/experiments/${key}/start`);
    expect([created.status, started.status]).toEqual([201, 200]);
    return new IngestionFixture(server, key);
  }

  close(): Promise<void> {
    return this.server.close();
  }

  /** A new user meets its variant. */
  async assign(): Promise<{ unit: string; token: string }> {
    this.users += 1;
    const unit = `user-${this.users}`;
    const { body } = await this.server.call('POST', '/v1/assignments', { experiment: this.key, unit });
    return { unit, token: String(body.token) };
  }

  send(...outcomes: unknown[]): Promise<Answer> {
    return this.server.call('POST', '/v1/outcomes', { outcomes });
  }

  rate(token: string, metrics: object): Promise<Answer> {
    return this.server.call('POST', '/v1/feedback', { token, metrics });
  }

  async outsideWindow(): Promise<number> {
    return (await this.server.app.get(TotalsStore).health(await this.id(), 0)).outsideWindow;
  }

  /** What an act adds to the totals of a metric. */
  async growth(metric: string, act: () => Promise<unknown>): Promise<Counted> {
    const before = await this.total(metric);
    await act();
    const after = await this.total(metric);
    // Sums are exact in the database; six decimals are more than these tests send.
    const sum = Number((after.sum - before.sum).toFixed(6));
    return { units: after.units - before.units, events: after.events - before.events, sum };
  }

  private async total(metric: string): Promise<Counted> {
    const query = { experimentId: await this.id(), phase: 0, binsBefore: null };
    const totals = await this.server.app.get(TotalsStore).moments(query);
    const found = totals.filter((each) => each.metric === metric).map(({ moments }) => moments);
    const add = (of: (moments: Counted) => number) => found.reduce((sum, moments) => sum + of(moments), 0);
    return {
      units: add(({ units }) => units),
      events: add(({ events }) => events),
      sum: add(({ sum }) => sum),
    };
  }

  private async id(): Promise<number> {
    return (await this.server.app.get(ExperimentsService).find(this.key)).id;
  }
}

/** The verdict on each item of a request: its code if it was refused. */
export function verdicts(body: { results?: { code?: string; status: string }[] }): string[] | undefined {
  return body.results?.map(({ code, status }) => code ?? status);
}
