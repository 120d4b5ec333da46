import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { assayDataSource } from '../../operations/data-source-name.js';
import type { ExposedOnDay } from './arrival.js';

/** The days of the test; the stages of a rollout meet units that were there before. */
const statement = `
SELECT floor(extract(epoch FROM cohort_bin) / 86400)::float8 AS day, sum(units)::float8 AS units
FROM exposure_total WHERE experiment_id = $1 AND phase = 0
GROUP BY 1 ORDER BY 1`;

/** Reads when new units were first exposed. */
@Injectable()
export class ArrivalStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** Units first exposed on each UTC day of the test, in whichever group, the holdback included. */
  byDay(experimentId: number): Promise<ExposedOnDay[]> {
    return this.dataSource.query(statement, [experimentId]);
  }
}
