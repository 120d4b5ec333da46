import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { assayDataSource } from '../../operations/data-source-name.js';
import { unitKey } from '../unit-key.js';
import type { MetExperiment } from './plan-link.js';
import type { UnitLink } from './unit-link.js';

/** A link with its number; numbers rise, but may become visible out of order. */
export interface NumberedLink extends UnitLink {
  readonly number: number;
}

const columns = `number, experiment_id AS "experimentId", unit_id AS "unitId", first_id AS "firstId"`;

/** Reads and writes table `linked_unit`. */
@Injectable()
export class UnitLinkStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** Until the transaction ends, nobody else links any of these. */
  async lock(unitIds: readonly string[], manager: EntityManager): Promise<void> {
    for (const key of unitIds.map(unitKey).sort())
      await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('assay:link:' || $1, 0))`, [key]);
  }

  /** Links that say what the units go by. */
  async of(unitIds: readonly string[], manager: EntityManager): Promise<UnitLink[]> {
    return manager.query(`SELECT ${columns} FROM linked_unit WHERE unit_id = ANY($1)`, [unitIds]);
  }

  /** Experiments in which any of the ids was exposed. Rows in `exposure` are named by the units' keys. */
  async met(unitIds: readonly string[], manager: EntityManager): Promise<MetExperiment[]> {
    const ids = new Map(unitIds.map((id) => [unitKey(id), id]));
    const rows: (Omit<MetExperiment, 'exposed'> & { units: string[] })[] = await manager.query(
      `SELECT e.id, e.key, e.source = 'live' AND e.status NOT IN ('draft', 'scheduled', 'archived') AS told,
              array_agg(k.unit::text) AS units
       FROM experiment e CROSS JOIN unnest($1::uuid[]) AS k (unit)
       WHERE EXISTS (SELECT FROM exposure x WHERE x.experiment_id = e.id AND x.unit = k.unit)
       GROUP BY e.id ORDER BY e.id`,
      [[...ids.keys()]],
    );
    return rows.map(({ units, ...experiment }) => ({
      ...experiment,
      exposed: new Set(units.flatMap((unit) => ids.get(unit) ?? [])),
    }));
  }

  /** Stores a link, unless there is one of that unit already; returns what was stored. */
  async insert(link: UnitLink, now: Date, manager: EntityManager): Promise<UnitLink[]> {
    const rows: unknown[] = await manager.query(
      `INSERT INTO linked_unit (experiment_id, unit_id, first_id, linked_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING number`,
      [link.experimentId, link.unitId, link.firstId, now],
    );
    return rows.length > 0 ? [link] : [];
  }

  /** Whoever went by the unit goes by what it goes by now: everywhere, and in the experiments of its own links. */
  async lead(unitId: string, now: Date, manager: EntityManager): Promise<void> {
    await manager.query(
      `INSERT INTO linked_unit (experiment_id, unit_id, first_id, linked_at)
       SELECT own.experiment_id, other.unit_id, own.first_id, $2
       FROM linked_unit other JOIN linked_unit own ON own.unit_id = $1 AND own.experiment_id IS NOT NULL
       WHERE other.first_id = $1 AND other.experiment_id IS NULL
       ON CONFLICT DO NOTHING`,
      [unitId, now],
    );
    // A new number, for processes read what is new by it.
    await manager.query(
      `UPDATE linked_unit other SET first_id = own.first_id, number = DEFAULT FROM linked_unit own
       WHERE own.unit_id = $1 AND own.experiment_id IS NULL AND other.first_id = $1 AND other.experiment_id IS NULL`,
      [unitId],
    );
  }

  /** Links from that number on. */
  async since(number: number): Promise<NumberedLink[]> {
    const rows: (UnitLink & { number: string })[] = await this.dataSource.query(
      `SELECT ${columns} FROM linked_unit WHERE number >= $1 ORDER BY number`,
      [number],
    );
    return rows.map((row) => ({ ...row, number: Number(row.number) }));
  }
}
