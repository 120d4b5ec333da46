import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Pin } from './assignment.js';
import type { Exposure } from './exposure.js';
import { prepared } from '../database/prepared.js';
import { assayDataSource } from '../operations/data-source-name.js';
import { storableAttributes, storableId } from './storable.js';

/** The exposures of a batch, the earliest of each unit and phase; `mixed` where they speak of several variants. */
const items = `item AS MATERIALIZED (
  SELECT DISTINCT ON (e, u, p) e, u, p, max(i) OVER unit AS i, v, n, r, q, at, d, b, a,
         count(*) OVER (PARTITION BY e, u, p, v) < count(*) OVER unit AS mixed
  FROM json_to_recordset($1::json) AS i(e int, u uuid, p smallint, i text, v text, n int, r text, q float8, at timestamptz, d date, b timestamptz, a jsonb)
  WINDOW unit AS (PARTITION BY e, u, p)
  ORDER BY e, u, p, at, v
)`;

/** The first row of a unit and phase stays. The unit's cohort day is that of its first exposure in any phase. */
const insert = prepared(
  'write-exposures',
  `
WITH ${items}
INSERT INTO exposure AS x (experiment_id, unit, phase, unit_id, variant, epoch, reason, propensity, exposed_at, cohort_day, cohort_bin, multiple, attributes)
SELECT e, u, p, i, v, n, r, q, at,
       coalesce((SELECT min(f.cohort_day) FROM exposure f WHERE f.experiment_id = e AND f.unit = u), d), b, mixed, a
FROM item WHERE NOT EXISTS (SELECT 1 FROM exposure f WHERE f.experiment_id = e AND f.unit = u AND f.phase = p OFFSET 0)
ORDER BY e, u, p
ON CONFLICT DO NOTHING
RETURNING experiment_id AS e, unit AS u, phase AS p`,
);

/** Counts the rows that were added ($2), and marks those that were there with another variant. */
const settle = prepared(
  'count-exposures',
  `
WITH ${items}, fresh AS MATERIALIZED (
  SELECT * FROM json_to_recordset($2::json) AS f(e int, u uuid, p smallint)
), marked AS (
  UPDATE exposure x SET multiple = x.multiple OR mixed OR x.variant <> v, unit_id = coalesce(x.unit_id, i)
  FROM item WHERE x.experiment_id = e AND x.unit = u AND x.phase = p AND (e, u, p) NOT IN (SELECT e, u, p FROM fresh)
    AND ((mixed OR x.variant <> v) AND NOT x.multiple OR x.unit_id IS NULL AND i IS NOT NULL)
)
INSERT INTO exposure_total AS t (experiment_id, phase, variant, epoch, cohort_bin, writer, units)
SELECT experiment_id, phase, variant, epoch, cohort_bin, $3, count(*)
FROM exposure JOIN fresh ON experiment_id = e AND unit = u AND phase = p
GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
ON CONFLICT (experiment_id, phase, segment, variant, epoch, cohort_bin, writer) DO UPDATE SET units = t.units + excluded.units`,
);

/** An exposure as the writer of outcomes needs it. */
export interface StoredExposure {
  readonly experimentId: number;
  readonly unit: string;
  readonly phase: number;
  readonly segment: string;
  readonly variant: string;
  readonly epoch: number;
  readonly exposedAt: Date;
  readonly cohortDay: string;
  readonly cohortBin: Date;
}

const columnsWith = (instant: (column: string) => string) =>
  `experiment_id AS "experimentId", unit, phase, segment, variant, epoch, ${instant('exposed_at')} AS "exposedAt",
  cohort_day::text AS "cohortDay", ${instant('cohort_bin')} AS "cohortBin"`;

const columns = columnsWith((column) => column);

/** Instants as numbers: for a thousand rows, texts of instants take milliseconds to read. */
const columnsInMilliseconds = columnsWith((column) => `(extract(epoch FROM ${column}) * 1000)::float8`);

type LockedExposure = Omit<StoredExposure, 'exposedAt' | 'cohortBin'> & {
  readonly exposedAt: number;
  readonly cohortBin: number;
};

const lock = prepared(
  'lock-exposures',
  `SELECT x.* FROM (SELECT DISTINCT e, u FROM json_to_recordset($1::json) AS i(e int, u uuid) ORDER BY 1, 2) i
   CROSS JOIN LATERAL (
     SELECT ${columnsInMilliseconds} FROM exposure WHERE experiment_id = e AND unit = u ORDER BY phase FOR NO KEY UPDATE
   ) x`,
);

const findPins = prepared(
  'find-pins',
  `SELECT x.experiment_id AS "experimentId", x.unit, x.variant, x.epoch, x.exposed_at AS "exposedAt"
   FROM json_to_recordset($1::json) AS i(e int, u uuid)
   CROSS JOIN LATERAL (
     SELECT * FROM exposure WHERE experiment_id = e AND unit = u AND phase = 0 OFFSET 0
   ) x`,
);

type UnitOfExperiment = Pick<Exposure, 'experimentId' | 'unit'>;

/** A unit in an experiment. */
export interface UnitReference {
  readonly experimentId: number;
  readonly unit: string;
}

/** A unit's first assignment in the test. */
export interface FirstAssignment extends UnitReference, Pin {
  readonly exposedAt: Date;
}

/** Where a page ended: the key of its last row. */
export type AssignmentCursor = Pick<StoredExposure, 'unit' | 'phase'>;

/** A first exposure as it is exported. */
export interface ExportedAssignment extends StoredExposure {
  readonly unitId: string | null;
  readonly reason: string;
  readonly propensity: number | null;
  readonly attributes: unknown;
}

/** Reads and writes first exposures. */
@Injectable()
export class ExposureStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** Adds exposures. */
  async write(exposures: readonly Exposure[], writer: number, manager: EntityManager): Promise<void> {
    await this.writeAndLock(exposures, exposures, writer, manager);
  }

  /**
   * Adds exposures, and returns those of the given units in every phase, locked.
   *
   * All writers take the same steps in the same order: rows that are new, rows that are there, totals; each step in key
   * order. So two with a unit in common take turns, and never deadlock.
   */
  async writeAndLock(
    exposures: readonly Exposure[],
    units: readonly UnitOfExperiment[],
    writer: number,
    manager: EntityManager,
  ): Promise<StoredExposure[]> {
    if (exposures.length === 0) return this.lock(units, manager);
    const sent = JSON.stringify(exposures.map(asItem));
    const fresh: unknown[] = await manager.query(insert, [sent]);
    const stored = await this.lock([...units, ...exposures], manager);
    await manager.query(settle, [sent, JSON.stringify(fresh), writer]);
    return stored;
  }

  private async lock(units: readonly UnitOfExperiment[], manager: EntityManager): Promise<StoredExposure[]> {
    const rows: LockedExposure[] = await manager.query(lock, [
      JSON.stringify(units.map(({ experimentId, unit }) => ({ e: experimentId, u: unit }))),
    ]);
    return rows.map((row) => ({
      ...row,
      exposedAt: new Date(row.exposedAt),
      cohortBin: new Date(row.cohortBin),
    }));
  }

  /** The first assignments in the test of those units that were ever exposed. */
  async findPins(units: readonly UnitReference[]): Promise<FirstAssignment[]> {
    return this.dataSource.query(findPins, [
      JSON.stringify(units.map(({ experimentId, unit }) => ({ e: experimentId, u: unit }))),
    ]);
  }

  /** Rows for export, in key order, after the given one. */
  async page(
    experimentId: number,
    after: AssignmentCursor | null,
    limit: number,
  ): Promise<ExportedAssignment[]> {
    return this.dataSource.query(
      `SELECT ${columns}, unit_id AS "unitId", reason, propensity, attributes FROM exposure
       WHERE experiment_id = $1 AND ($2::uuid IS NULL OR (unit, phase) > ($2::uuid, $3::smallint))
       ORDER BY unit, phase LIMIT $4`,
      [experimentId, after?.unit ?? null, after?.phase ?? null, limit],
    );
  }
}

function asItem(exposure: Exposure) {
  return {
    e: exposure.experimentId,
    u: exposure.unit,
    p: exposure.phase,
    i: storableId(exposure.unitId),
    v: exposure.variant,
    n: exposure.epoch,
    r: exposure.reason,
    q: exposure.propensity,
    at: exposure.exposedAt,
    d: exposure.cohortDay,
    b: exposure.cohortBin,
    a: storableAttributes(exposure.attributes),
  };
}
