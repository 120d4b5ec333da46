import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseState } from '../../src/database/database-state.service.js';
import { Transactions, type TransactionWork } from '../../src/database/transactions.service.js';
import { AssayError } from '../../src/operations/assay-error.js';
import { OutcomeSpool } from '../../src/metrics/spool/outcome-spool.service.js';
import { until } from './crash-client.fixture.js';
import { startServer, type Answer, type StartedServer } from './server.fixture.js';

/** `lost`: transactions are committed, and nobody is told. */
type Connection = 'there' | 'away' | 'lost';

/** A server with a spool, one running experiment, and a database that can be made to go away for writing. */
export class SpoolFixture {
  private connection: Connection = 'there';

  private constructor(
    readonly server: StartedServer,
    private readonly directory: string,
    readonly key: string,
  ) {
    const transactions = server.app.get(Transactions, { strict: false });
    const run = transactions.run.bind(transactions);
    transactions.run = async <T>(work: TransactionWork<T>): Promise<T> => {
      const away = new AssayError('DATABASE_UNAVAILABLE', 'The database does not answer: it went away.');
      if (this.connection === 'away') throw away;
      const result = await run(work);
      if (this.connection === 'lost') throw away;
      return result;
    };
  }

  static async start(key: string, environment: Record<string, string> = {}): Promise<SpoolFixture> {
    const directory = await mkdtemp(join(tmpdir(), 'assay-spool-'));
    const server = await startServer({ ASSAY_SPOOL_DIR: directory, ...environment });
    const created = await server.call('POST', '/v1/experiments', {
      key,
      control: 'control',
      variants: [{ key: 'control' }, { key: 'treatment' }],
      metrics: { primary: 'user_rating', secondary: ['latency_ms'] },
    });
    const started = await server.call('POST', `/v1/experiments/${key}/start`);
    expect([created.status, started.status]).toEqual([201, 200]);
    return new SpoolFixture(server, directory, key);
  }

  async close(): Promise<void> {
    await this.server.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  goes(): void {
    this.connection = 'away';
    this.server.app.get(DatabaseState, { strict: false }).unavailable('it was switched off');
  }

  /** Commits, and does not say so; the state is not noticed either. */
  losesAnswers(): void {
    this.connection = 'lost';
  }

  /** The database is there again, and everything that waited is in it. */
  async returns(): Promise<void> {
    this.connection = 'there';
    this.server.app.get(DatabaseState, { strict: false }).ready();
    const spool = this.server.app.get(OutcomeSpool, { strict: false });
    await until(
      () => Promise.resolve(spool.isEmpty),
      (empty) => empty,
    );
  }

  async token(unit: string): Promise<string> {
    const { body } = await this.server.call('POST', '/v1/assignments', { experiment: this.key, unit });
    return String(body.token);
  }

  send(...outcomes: object[]): Promise<Answer> {
    return this.server.call('POST', '/v1/outcomes', { outcomes });
  }

  rate(token: string, rating: number): Promise<Answer> {
    return this.server.call('POST', '/v1/feedback', { token, metrics: { user_rating: rating } });
  }

  async health(): Promise<Record<string, number>> {
    return (await this.server.call('GET', `/v1/experiments/${this.key}/results`)).body.health;
  }

  /** How many values of a metric were counted over all variants, and their sum. */
  async counted(metric: string): Promise<{ events: number; sum: number }> {
    const { metrics } = (await this.server.call('GET', `/v1/experiments/${this.key}/results`)).body;
    const { variants } = metrics.find(({ key }: { key: string }) => key === metric);
    const total = (field: string) =>
      variants.reduce((sum: number, variant: Record<string, number>) => sum + (variant[field] ?? 0), 0);
    return { events: total('events'), sum: total('sum') };
  }
}
