import pg from 'pg';
import { DataSource, EntitySchema } from 'typeorm';
import { batchOf, eventSource } from './events.mjs';

const Event = new EntitySchema({
  name: 'bench_event',
  columns: {
    id: { type: 'uuid', primary: true },
    experiment: { type: 'text' },
    unit: { type: 'text' },
    metric: { type: 'text' },
    value: { type: 'double precision' },
    at: { type: 'timestamptz' },
  },
});

const asRow = ({ id, experiment, unit, metrics }) => {
  const [[metric, value]] = Object.entries(metrics);
  return { id, experiment, unit, metric, value, at: new Date() };
};

/** Rows without dedupe or totals: TypeORM's bulk insert, and one INSERT for each event over 20 connections. */
export async function prepare({ databaseUrl, writer }) {
  const dataSource = new DataSource({ type: 'postgres', url: databaseUrl, entities: [Event], poolSize: 2 });
  await dataSource.initialize();
  await dataSource.query(
    'CREATE TABLE IF NOT EXISTS bench_event (id uuid PRIMARY KEY, experiment text, unit text, metric text, value float8, at timestamptz)',
  );
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });
  const next = eventSource(writer);
  const repository = dataSource.getRepository(Event);
  return {
    typeorm: () => repository.insert(batchOf(next, 1_000).map(asRow)),
    single() {
      const { id, experiment, unit, metric, value, at } = asRow(next());
      return pool.query({
        name: 'insert',
        text: 'INSERT INTO bench_event VALUES ($1, $2, $3, $4, $5, $6)',
        values: [id, experiment, unit, metric, value, at],
      });
    },
    async close() {
      await pool.end();
      await dataSource.destroy();
    },
  };
}
