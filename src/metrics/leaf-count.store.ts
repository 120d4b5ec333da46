import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { segmentValues } from '../experiments/segment.js';
import { assayDataSource } from '../operations/data-source-name.js';
import { keySample } from './key-sample.js';
import type { PathCount } from './leaf-candidates.js';

/** Of more units than this a random part is counted. */
const mostUnits = 200_000;

/** Combinations of values that are looked at, the largest first: a leaf needs many units. */
const mostRows = 2_000;

/** Reads how many units of the test have which values of some attributes. */
@Injectable()
export class LeafCountStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /**
   * Units by the values of the attributes and by variant, as of their first exposure; of many units, a random part of them
   * stands for all.
   *
   * @param units exposed in the test
   */
  async counts(experimentId: number, attributes: readonly string[], units: number): Promise<PathCount[]> {
    const { lastKey, share } = keySample(units, mostUnits);
    const values = attributes.map((_, place) => `attributes -> $${place + 3}::text AS v${place}`).join(', ');
    const names = attributes.map((_, place) => `v${place}`).join(', ');
    const rows: Record<string, unknown>[] = await this.dataSource.query(
      `WITH counted AS (
         SELECT variant, units, ${names}, sum(units) OVER (PARTITION BY ${names}) AS total FROM (
           SELECT variant, ${names}, count(*) AS units FROM (
             SELECT variant, ${values} FROM exposure
             WHERE experiment_id = $1 AND phase = 0 AND unit <= $2::uuid AND variant <> '$holdback'
           ) x GROUP BY variant, ${names}
         ) y
       )
       SELECT variant, ${names}, units::float8 AS units FROM counted ORDER BY total DESC, ${names}, variant LIMIT ${mostRows}`,
      [experimentId, lastKey, ...attributes],
    );
    return rows.map((row) => ({
      variant: String(row['variant']),
      values: segmentValues(
        attributes,
        Object.fromEntries(attributes.map((name, place) => [name, row[`v${place}`]])),
      ),
      units: Math.round(Number(row['units']) / share),
    }));
  }
}
