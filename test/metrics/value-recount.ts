import type { DataSource } from 'typeorm';
import type { CatalogueEntry } from '../../src/catalogue/catalogue.js';
import { entries } from './measurement.fixture.js';

/** One value of one metric that counts. */
export interface CountedValue {
  readonly experiment: number;
  readonly unit: string;
  readonly phase: number;
  readonly interaction: string;
  /** Of the unit's exposure in that phase. */
  readonly variant: string;
  readonly cohortBin: Date;
  readonly metric: string;
  readonly value: number;
  readonly inWindow: boolean;
}

interface OutcomeRow {
  readonly experiment: number;
  readonly unit: string;
  readonly phase: number;
  readonly interaction: string;
  readonly inWindow: boolean;
  readonly metrics: readonly number[];
  readonly values: readonly string[];
}

type ExposureRow = Pick<CountedValue, 'experiment' | 'unit' | 'phase' | 'variant' | 'cohortBin'>;

/** Every value from the raw rows alone, also those outside of the window; without the quality of errored interactions. */
export async function allValues(
  dataSource: Pick<DataSource, 'query'>,
  from: number,
  to: number,
  catalogue: readonly CatalogueEntry[] = entries,
): Promise<CountedValue[]> {
  const metrics = new Map(catalogue.map(({ id, metric }) => [id, metric]));
  const read = <Row>(columns: string, table: string): Promise<Row[]> =>
    dataSource.query(
      `SELECT experiment_id AS experiment, unit::text, ${columns} FROM ${table} WHERE experiment_id BETWEEN $1 AND $2`,
      [from, to],
    );
  const outcomes = await read<OutcomeRow>(
    `phase, interaction, in_window AS "inWindow", metrics, "values"::text[] AS values`,
    'outcome',
  );
  const exposures = await read<ExposureRow>('phase, variant, cohort_bin AS "cohortBin"', 'exposure');
  const errors = await read<{ experiment: number; unit: string; interaction: string }>(
    'interaction',
    'errored_interaction',
  );
  const errored = new Set(errors.map((row) => `${row.experiment} ${row.unit} ${row.interaction}`));
  const homes = new Map(exposures.map((row) => [`${row.experiment} ${row.unit} ${row.phase}`, row]));
  return outcomes.flatMap((row) => {
    const home = homes.get(`${row.experiment} ${row.unit} ${row.phase}`);
    if (!home) return [];
    const { experiment, unit, phase, interaction, inWindow } = row;
    const isErrored = errored.has(`${experiment} ${unit} ${interaction}`);
    return row.metrics.flatMap((number, place) => {
      const metric = metrics.get(number);
      if (!metric || (metric.category === 'quality' && isErrored)) return [];
      const value = Math.min(Number(row.values[place]), metric.cap ?? Infinity);
      const { variant, cohortBin } = home;
      return [
        { experiment, unit, phase, interaction, inWindow, variant, cohortBin, metric: metric.key, value },
      ];
    });
  });
}

/** The values that totals count: those in the window. */
export async function countingValues(
  dataSource: Pick<DataSource, 'query'>,
  from: number,
  to: number,
  catalogue: readonly CatalogueEntry[] = entries,
): Promise<CountedValue[]> {
  return (await allValues(dataSource, from, to, catalogue)).filter(({ inWindow }) => inWindow);
}
