import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ExposureWriter } from '../../src/bucketing/exposure-writer.service.js';
import { assayDataSource } from '../../src/operations/data-source-name.js';
import { startServer, type Answer, type StartedServer } from '../e2e/server.fixture.js';

/** A server without Redis, with what the tests of symptoms say to it. */
export interface SymptomServer extends StartedServer {
  /** An experiment on ratings, as a draft. */
  create(key: string, rest?: object): Promise<Answer>;
  /** The same, running. */
  start(key: string): Promise<void>;
  assign(experiment: string, unit: string): Promise<{ variant: string }>;
  /** Sends outcomes once all exposures have been written. */
  send(outcomes: readonly object[]): Promise<Answer>;
  drained(): Promise<void>;
  results(key: string): Promise<Answer['body']>;
  /** How many rows of running totals an experiment has. */
  rowsOfTotals(key: string): Promise<number>;
}

export async function startSymptomServer(): Promise<SymptomServer> {
  const server = await startServer({ REDIS_URL: '' });
  server.stopTimers();
  const create = (key: string, rest: object = {}) =>
    server.call('POST', '/v1/experiments', {
      key,
      control: 'control',
      variants: [{ key: 'control' }, { key: 'treatment' }],
      metrics: { primary: 'user_rating', window: 'P1D' },
      ...rest,
    });
  const drained = () => server.app.get(ExposureWriter, { strict: false }).drained();
  return {
    ...server,
    create,
    drained,
    async start(key) {
      expect((await create(key)).status).toBe(201);
      expect((await server.call('POST', `/v1/experiments/${key}/start`)).status).toBe(200);
    },
    assign: async (experiment, unit) =>
      (await server.call('POST', '/v1/assignments', { experiment, unit })).body,
    async send(outcomes) {
      await drained();
      return server.call('POST', '/v1/outcomes', { outcomes });
    },
    results: async (key) => (await server.call('GET', `/v1/experiments/${key}/results`)).body,
    async rowsOfTotals(key) {
      const dataSource = server.app.get<DataSource>(getDataSourceToken(assayDataSource), { strict: false });
      const [row]: { count: number }[] = await dataSource.query(
        `SELECT count(*)::int AS count FROM cohort_total
         WHERE experiment_id = (SELECT id FROM experiment WHERE key = $1)`,
        [key],
      );
      return row?.count ?? 0;
    },
  };
}
