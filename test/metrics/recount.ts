import type { DataSource } from 'typeorm';
import type { CatalogueEntry } from '../../src/catalogue/catalogue.js';
import { entries } from './measurement.fixture.js';
import { exact, over, times } from './decimal.js';
import { recountedSketches } from './sketches/sketch-recount.js';

/** Totals by their key, in units of 1e-24; all-zero rows are left out, for nothing is what they count. */
export type Totals = Readonly<Record<string, readonly string[]>>;

export interface AllTotals {
  readonly units: Totals;
  readonly cohorts: Totals;
  readonly exposed: Totals;
  /** By phase, metric, variant, cohort bin, part of the units and bin. */
  readonly sketches: Totals;
}

interface Row {
  readonly experiment: number;
  readonly unit: string;
  readonly phase: number;
}

interface OutcomeRow extends Row {
  readonly interaction: string;
  readonly counts: boolean;
  readonly metrics: readonly number[];
  readonly values: readonly string[];
}

interface ExposureRow extends Row {
  readonly cohort: string;
}

interface UnitSums {
  n: bigint;
  s: bigint;
  q: bigint;
}

const cohortKey = `concat_ws('|', segment, variant, epoch, extract(epoch FROM cohort_bin)::bigint)`;
const name = `experiment_id AS experiment, unit::text, phase`;
const one = exact(1);

/** What the tables of totals say, added up over writers. */
export async function storedTotals(dataSource: DataSource, from: number, to: number): Promise<AllTotals> {
  const read = async (sql: string): Promise<Totals> => {
    const rows: Record<string, string>[] = await dataSource.query(
      `SELECT * FROM (${sql}) rows WHERE experiment BETWEEN $1 AND $2`,
      [from, to],
    );
    return keepCounted(
      rows.map(({ key = '', experiment = '', ...sums }) => [
        `${experiment}|${key}`,
        Object.values(sums).map(exact),
      ]),
    );
  };
  return {
    units: await read(`SELECT experiment_id AS experiment, concat_ws('|', unit, phase, metric) AS key,
      events::text, total::text, squares::text FROM unit_total`),
    cohorts:
      await read(`SELECT experiment_id AS experiment, concat_ws('|', phase, metric, ${cohortKey}) AS key,
      sum(units)::text AS u, sum(events)::text AS n, sum(total)::text AS s, sum(squares)::text AS q, sum(unit_squares)::text AS ss,
      sum(event_squares)::text AS nn, sum(cross_products)::text AS sn, sum(value_sum)::text AS y, sum(value_squares)::text AS yy
      FROM cohort_total GROUP BY 1, 2`),
    exposed: await read(`SELECT experiment_id AS experiment, concat_ws('|', phase, ${cohortKey}) AS key,
      sum(units)::text AS u FROM exposure_total GROUP BY 1, 2`),
    sketches:
      await read(`SELECT experiment_id AS experiment, concat_ws('|', phase, metric, variant, extract(epoch FROM cohort_bin), part, bin) AS key,
      sum(events)::text AS n FROM sketch_total GROUP BY 1, 2`),
  };
}

/** The same from the raw rows alone, in whole numbers: outcomes, exposures, and which interactions errored. */
export async function recount(
  dataSource: DataSource,
  from: number,
  to: number,
  catalogue: readonly CatalogueEntry[] = entries,
): Promise<AllTotals> {
  const within = `WHERE experiment_id BETWEEN ${from} AND ${to}`;
  const outcomes: OutcomeRow[] = await dataSource.query(
    `SELECT ${name}, interaction, in_window AS counts, metrics, "values"::text[] AS values FROM outcome ${within}`,
  );
  const exposures: ExposureRow[] = await dataSource.query(
    `SELECT ${name}, ${cohortKey} AS cohort FROM exposure ${within}`,
  );
  const errors: (Row & { interaction: string })[] = await dataSource.query(
    `SELECT experiment_id AS experiment, unit::text, 0 AS phase, interaction FROM errored_interaction ${within}`,
  );
  const errored = new Set(errors.map(interactionKey));
  const sums = unitSums(outcomes, errored, catalogue);
  return {
    units: keepCounted([...sums].map(([key, { n, s, q }]) => [key, [n, s, q]])),
    cohorts: cohortTotals(sums, exposures, catalogue),
    exposed: addUp(exposures.map((row) => [`${row.experiment}|${row.phase}|${row.cohort}`, [one]])),
    sketches: addUp((await recountedSketches(dataSource, from, to, catalogue)).map((key) => [key, [one]])),
  };
}

function unitSums(
  outcomes: readonly OutcomeRow[],
  errored: ReadonlySet<string>,
  catalogue: readonly CatalogueEntry[],
): Map<string, UnitSums> {
  const metrics = new Map(catalogue.map(({ id, metric }) => [id, metric]));
  const sums = new Map<string, UnitSums>();
  for (const row of outcomes.filter(({ counts }) => counts)) {
    row.metrics.forEach((number, index) => {
      const metric = metrics.get(number);
      if (metric?.category === 'quality' && errored.has(interactionKey(row))) return;
      const sent = exact(row.values[index] ?? '');
      const cap = typeof metric?.cap === 'number' ? exact(metric.cap) : sent;
      const value = sent > cap ? cap : sent;
      const key = `${row.experiment}|${row.unit}|${row.phase}|${number}`;
      const before = sums.get(key) ?? { n: 0n, s: 0n, q: 0n };
      sums.set(key, { n: before.n + one, s: before.s + value, q: before.q + times(value, value) });
    });
  }
  return sums;
}

function cohortTotals(
  sums: ReadonlyMap<string, UnitSums>,
  exposures: readonly ExposureRow[],
  catalogue: readonly CatalogueEntry[],
): Totals {
  const rows: [string, bigint[]][] = [];
  for (const { experiment, unit, phase, cohort } of exposures) {
    const of = (key: string | number) => {
      const number = catalogue.find(({ id, metric }) => id === key || metric.key === key)?.id;
      return sums.get(`${experiment}|${unit}|${phase}|${number}`) ?? { n: 0n, s: 0n, q: 0n };
    };
    for (const { id, metric } of catalogue) {
      const ratio = { n: of(metric.denominator ?? '').s, s: of(metric.numerator ?? '').s, q: 0n };
      const { n, s, q } = metric.kind === 'ratio' ? ratio : of(id);
      if (n === 0n && s === 0n) continue;
      const mean = n === 0n ? 0n : over(s, n);
      const y = metric.kind === 'proportion' ? (n !== 0n && s > 0n ? one : 0n) : mean;
      const key = `${experiment}|${phase}|${id}|${cohort}`;
      rows.push([key, [one, n, s, q, times(s, s), times(n, n), times(s, n), y, times(y, y)]]);
    }
  }
  return addUp(rows);
}

function interactionKey(row: Row & { interaction: string }): string {
  return `${row.experiment}|${row.unit}|${row.interaction}`;
}

function addUp(rows: readonly (readonly [string, readonly bigint[]])[]): Totals {
  const totals = new Map<string, bigint[]>();
  for (const [key, sums] of rows) {
    const before = totals.get(key);
    totals.set(
      key,
      sums.map((sum, index) => sum + (before?.[index] ?? 0n)),
    );
  }
  return keepCounted([...totals]);
}

function keepCounted(rows: readonly (readonly [string, readonly bigint[]])[]): Totals {
  const counted = rows.filter(([, sums]) => sums.some((sum) => sum !== 0n));
  return Object.fromEntries(counted.map(([key, sums]) => [key, sums.map(String)]));
}
