import { getDataSourceToken } from '@nestjs/typeorm';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { DataSource } from 'typeorm';
import { ExposureWriter } from '../../src/bucketing/exposure-writer.service.js';
import { RetentionService } from '../../src/metrics/retention/retention.service.js';
import { assayDataSource } from '../../src/operations/data-source-name.js';
import { startServer, type Answer, type StartedServer } from './server.fixture.js';

export const day = 86_400_000;

/** A row of an export, or of the archive with the experiment's key. */
export interface Row {
  readonly experiment?: string;
  readonly unit: string;
  readonly unitId: string;
  readonly id: string;
  readonly variant: string;
  readonly metrics: Record<string, number>;
}

/** A server that keeps raw outcomes for thirty days, and experiments whose windows are two days long. */
export class RetentionFixture {
  private constructor(
    readonly server: StartedServer,
    readonly directory: string,
  ) {}

  static async start(environment: Record<string, string> = {}): Promise<RetentionFixture> {
    const directory = await mkdtemp(join(tmpdir(), 'assay-archive-'));
    const server = await startServer({
      ASSAY_RETENTION: 'P30D',
      ASSAY_ARCHIVE_DIR: join(directory, 'archive'),
      ASSAY_SPOOL_DIR: join(directory, 'spool'),
      ...environment,
    });
    server.stopTimers();
    return new RetentionFixture(server, directory);
  }

  async close(): Promise<void> {
    await this.server.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  get today(): string {
    return this.server.now().toISOString().slice(0, 10);
  }

  async begin(key: string, metrics: object = { primary: 'user_rating' }): Promise<void> {
    const created = await this.server.call('POST', '/v1/experiments', {
      key,
      control: 'a',
      variants: [{ key: 'a' }, { key: 'b' }],
      metrics: { window: 'P2D', ...metrics },
      guardrails: [],
    });
    const started = await this.server.call('POST', `/v1/experiments/${key}/start`);
    expect([created.status, started.status]).toEqual([201, 200]);
  }

  /** Exposes units, and waits until the database has their exposures. */
  async expose(key: string, units: readonly string[]): Promise<string[]> {
    const tokens: string[] = [];
    for (const unit of units) {
      const { body } = await this.server.call('POST', '/v1/assignments', { experiment: key, unit });
      tokens.push(String(body.token));
    }
    await this.server.app.get(ExposureWriter, { strict: false }).drained();
    return tokens;
  }

  send(...outcomes: object[]): Promise<Answer> {
    return this.server.call('POST', '/v1/outcomes', { outcomes });
  }

  /** So many rated outcomes of each unit. */
  async rate(key: string, units: readonly string[], each = 1): Promise<void> {
    const outcomes = units.flatMap((unit) =>
      Array.from({ length: each }, (_, index) => ({
        id: `o${index}`,
        experiment: key,
        unit,
        metrics: { user_rating: 1 + (index % 5) },
      })),
    );
    for (let from = 0; from < outcomes.length; from += 2_000)
      expect((await this.send(...outcomes.slice(from, from + 2_000))).status).toBe(202);
  }

  async conclude(key: string): Promise<void> {
    const answer = await this.server.call('POST', `/v1/experiments/${key}/conclude`, {
      variant: 'a',
      reason: 'the test is over',
    });
    expect(answer.status).toBe(200);
  }

  /** What happens every hour. */
  async tick(): Promise<void> {
    await this.server.app.get(RetentionService, { strict: false }).run();
  }

  /** What the file of a cohort day holds. */
  async archivedRows(date: string): Promise<Row[]> {
    const file = await readFile(join(this.directory, 'archive', `outcomes-${date}.ndjson.gz`));
    return rowsOf(gunzipSync(file).toString());
  }

  async files(): Promise<string[]> {
    return (await readdir(join(this.directory, 'archive')).catch(() => [])).sort();
  }

  async archives(): Promise<Record<string, unknown>[]> {
    return (await this.server.call('GET', '/v1/archives')).body.archives;
  }

  async exported(key: string): Promise<Row[]> {
    const { status, body } = await this.server.call('GET', `/v1/experiments/${key}/export?kind=outcomes`);
    expect(status).toBe(200);
    return rowsOf(String(body));
  }

  async results(key: string): Promise<ReturnType<typeof JSON.parse>> {
    return (await this.server.call('GET', `/v1/experiments/${key}/results`)).body;
  }

  /** Asks the database itself. */
  async query<Found>(statement: string): Promise<Found[]> {
    return this.server.app
      .get<DataSource>(getDataSourceToken(assayDataSource), { strict: false })
      .query(statement);
  }

  async stored(): Promise<number> {
    const [found] = await this.query<{ count: number }>('SELECT count(*)::int AS count FROM outcome');
    return found?.count ?? Number.NaN;
  }
}

function rowsOf(text: string): Row[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}
