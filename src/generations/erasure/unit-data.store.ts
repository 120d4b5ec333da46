import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Where a unit's rows are: under its own key, or under that of the id it was linked to. */
export interface UnitRows {
  readonly experimentId: number;
  /** Key of the unit. */
  readonly unit: string;
}

/** How many rows no longer tell whose they are, or what was said. */
export interface ErasedRows {
  readonly generations: number;
  readonly exposures: number;
  readonly outcomes: number;
  readonly links: number;
}

const items = `json_to_recordset($1::json) AS i("experimentId" int, unit uuid)`;

/** Everything that is stored under a unit's id, or in its words. */
@Injectable()
export class UnitDataStore {
  /** The unit's rows in every experiment, those under the ids included that it was linked to. */
  async rowsOf(unitId: string, key: string, manager: EntityManager): Promise<UnitRows[]> {
    return manager.query(
      `SELECT e.id AS "experimentId", $2::uuid AS unit FROM experiment e
       UNION
       SELECT e.id, encode(substr(sha256(convert_to(l.first_id, 'UTF8')), 1, 16), 'hex')::uuid
       FROM linked_unit l JOIN experiment e ON e.id = coalesce(l.experiment_id, e.id)
       WHERE l.unit_id = $1 AND (l.experiment_id IS NOT NULL OR NOT EXISTS (
         SELECT FROM linked_unit own WHERE own.unit_id = $1 AND own.experiment_id = e.id))`,
      [unitId, key],
    );
  }

  /** Cohort days of the unit whose outcomes take no changes any more: they are in the archive, or on their way there. */
  async closedDays(rows: readonly UnitRows[], manager: EntityManager): Promise<string[]> {
    const days: { day: string }[] = await manager.query(
      `SELECT DISTINCT x.cohort_day::text AS day FROM ${items}
       JOIN exposure x ON x.experiment_id = i."experimentId" AND x.unit = i.unit
       JOIN closed_day c ON c.day = x.cohort_day ORDER BY 1`,
      [JSON.stringify(rows)],
    );
    return days.map(({ day }) => day);
  }

  /** Takes out texts, ids and attributes; keys, values and totals stay. */
  async erase(
    unitId: string,
    rows: readonly UnitRows[],
    now: Date,
    manager: EntityManager,
  ): Promise<ErasedRows> {
    const sent = JSON.stringify(rows);
    const count = async (statement: string, parameters: unknown[]) => {
      const [row]: { count: number }[] = await manager.query(
        `WITH erased AS (${statement} RETURNING 1) SELECT count(*)::int AS count FROM erased`,
        parameters,
      );
      return row?.count ?? 0;
    };
    const exposures = await count(
      `UPDATE exposure x SET unit_id = NULL, attributes = NULL FROM ${items}
       WHERE x.experiment_id = i."experimentId" AND x.unit = i.unit AND (x.unit_id IS NOT NULL OR x.attributes IS NOT NULL)`,
      [sent],
    );
    const generations = await count(
      `UPDATE generation g SET unit = NULL, interaction = NULL, request_id = NULL, prompt = NULL, response = NULL,
         parameters = NULL, warnings = NULL, erased_at = $2 FROM ${items}
       WHERE g.experiment_id = i."experimentId" AND g.unit = i.unit`,
      [sent, now],
    );
    const outcomes = await count(
      `UPDATE outcome f SET tags = NULL FROM ${items}
       WHERE f.experiment_id = i."experimentId" AND f.unit = i.unit AND f.tags IS NOT NULL AND f.id NOT LIKE '$feedback:%'
         AND NOT EXISTS (SELECT FROM closed_day c WHERE c.day = f.cohort_day)`,
      [sent],
    );
    const links = await count(`DELETE FROM linked_unit WHERE unit_id = $1 OR first_id = $1`, [unitId]);
    return { generations, exposures, outcomes, links };
  }
}
