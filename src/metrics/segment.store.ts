import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { assayDataSource } from '../operations/data-source-name.js';
import type { SegmentTotal } from './totals.js';

/** An attribute with more values than this is an id or a measurement, not a segment. */
const mostValues = 20;

/** Reads how many units of each segment met each variant; a segment is a value of an attribute. */
@Injectable()
export class SegmentStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /**
   * Units by segment, variant and weight epoch, of a share of all units that their keys pick at random: the cost is
   * bounded, and which units are in it has nothing to do with their variant.
   */
  async totals(query: { experimentId: number; phase: number; share: number }): Promise<SegmentTotal[]> {
    return this.dataSource.query(
      `WITH counted AS MATERIALIZED (
         SELECT a.key AS attribute, a.value #>> '{}' AS value, x.variant, x.epoch, count(*) AS units
         FROM exposure x CROSS JOIN LATERAL jsonb_each(x.attributes) AS a(key, value)
         WHERE x.experiment_id = $1 AND x.phase = $2 AND x.unit <= $3::uuid AND x.variant <> '$holdback'
           AND jsonb_typeof(a.value) IN ('string', 'boolean', 'number')
         GROUP BY 1, 2, 3, 4
       )
       SELECT attribute, value, variant, epoch, units::float8 AS units FROM counted
       WHERE attribute IN (SELECT attribute FROM counted GROUP BY 1 HAVING count(DISTINCT value) <= ${mostValues})
       ORDER BY attribute, value, epoch, variant`,
      [query.experimentId, query.phase, largestKey(query.share)],
    );
  }
}

/** The unit key below which that share of all keys lies. */
function largestKey(share: number): string {
  const prefix = Math.max(0, Math.round(share * 2 ** 32) - 1);
  return `${prefix.toString(16).padStart(8, '0')}-ffff-ffff-ffff-ffffffffffff`;
}
