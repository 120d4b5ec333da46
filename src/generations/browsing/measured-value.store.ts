import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { assayDataSource } from '../../operations/data-source-name.js';
import type { LoggedGeneration, MeasuredValue } from './logged-generation.js';

const measured = `
SELECT o.interaction, m.key AS metric, v.value::float8 AS value, o.at
FROM outcome o CROSS JOIN LATERAL unnest(o.metrics, o."values") AS v(metric, value) JOIN metric m ON m.id = v.metric
WHERE o.experiment_id = $1 AND o.unit = ANY($2::uuid[]) AND o.interaction = ANY($3::text[])
ORDER BY o.at, m.key`;

/** Reads what was measured of the interactions that generations belong to. */
@Injectable()
export class MeasuredValueStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** By interaction, the oldest first. What has left the database for the archive is not in it. */
  async of(
    experimentId: number,
    generations: readonly Pick<LoggedGeneration, 'unit' | 'interaction'>[],
  ): Promise<ReadonlyMap<string, readonly MeasuredValue[]>> {
    const known = generations.filter(({ unit, interaction }) => unit !== null && interaction !== null);
    if (known.length === 0) return new Map();
    const rows: (MeasuredValue & { interaction: string })[] = await this.dataSource.query(measured, [
      experimentId,
      [...new Set(known.map(({ unit }) => unit))],
      [...new Set(known.map(({ interaction }) => interaction))],
    ]);
    const values = new Map<string, MeasuredValue[]>();
    for (const { interaction, ...value } of rows) {
      values.set(interaction, [...(values.get(interaction) ?? []), value]);
    }
    return values;
  }
}
