import { v7 as uuid } from 'uuid';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { cohortDay } from '../../src/bucketing/cohort.js';
import { storableAttributes } from '../../src/bucketing/storable.js';
import { unitKey } from '../../src/bucketing/unit-key.js';
import { RegistryService } from '../../src/experiments/registry.service.js';
import { createDayPartition } from '../../src/metrics/day-partition.store.js';
import { assayDataSource } from '../../src/operations/data-source-name.js';
import type { StartedServer } from '../e2e/server.fixture.js';

export interface LoggedAnswer {
  readonly generation: string;
  readonly unit: string;
  readonly variant: string;
  readonly interaction: string;
}

/** Any part of a row that a test cares about. */
interface Changes {
  readonly question?: string;
  readonly outcome?: string;
  readonly reason?: string;
  readonly at?: Date;
}

export function dataSourceOf(server: StartedServer): DataSource {
  return server.app.get<DataSource>(getDataSourceToken(assayDataSource), { strict: false });
}

/** Serves the unit, and logs an answer to it as the generation log does. */
export async function logAnswer(
  server: StartedServer,
  experiment: string,
  unit: string,
  answer: string,
  {
    question = 'When is the meeting?',
    outcome = 'finished',
    reason = 'split',
    at = server.now(),
  }: Changes = {},
): Promise<LoggedAnswer> {
  const { body } = await server.call('POST', '/v1/assignments', { experiment, unit });
  const experimentId = server.app.get(RegistryService, { strict: false }).get(experiment)?.experiment.id;
  const generation = uuid();
  const interaction = uuid();
  const row = {
    experiment_id: experimentId,
    id: generation,
    day: cohortDay(at),
    at,
    variant: body.variant as string,
    reason,
    unit: unitKey(unit),
    interaction,
    outcome,
    prompt: { messages: [{ role: 'user', text: question }] },
    response: answer,
  };
  const dataSource = dataSourceOf(server);
  const rest = await requiredColumns(dataSource);
  await dataSource.transaction(async (manager) => {
    await createDayPartition('generation', cohortDay(at), manager);
    await manager.query(
      `INSERT INTO generation SELECT * FROM jsonb_populate_record(NULL::generation, $1::jsonb)`,
      [JSON.stringify(storableAttributes({ ...rest, ...row }))],
    );
  });
  return { generation, unit, variant: body.variant as string, interaction };
}

/** A value for every column that must have one; what a judge reads is set by the test. */
async function requiredColumns(dataSource: DataSource): Promise<Record<string, unknown>> {
  const columns: { name: string; type: string }[] = await dataSource.query(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_name = 'generation' AND is_nullable = 'NO'`,
  );
  return Object.fromEntries(
    columns.map(({ name, type }) => [name, type === 'boolean' ? false : type === 'text' ? 'any' : 0]),
  );
}
