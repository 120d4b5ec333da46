import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { assayDataSource } from '../operations/data-source-name.js';

/** Where a page ended: the key of its last row. */
export interface OutcomeCursor {
  readonly unit: string;
  readonly id: string;
}

/** A raw outcome as it is exported. */
export interface ExportedOutcome extends OutcomeCursor {
  readonly unitId: string | null;
  readonly variant: string;
  readonly phase: number;
  readonly interaction: string;
  readonly at: Date;
  readonly receivedAt: Date;
  readonly inWindow: boolean;
  readonly metrics: Readonly<Record<string, number>>;
  readonly tags: unknown;
}

/** Reads the raw outcomes of a cohort day page by page, in key order. */
@Injectable()
export class ExportStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  async outcomes(
    experimentId: number,
    day: string,
    after: OutcomeCursor | null,
    limit: number,
  ): Promise<ExportedOutcome[]> {
    return this.dataSource.query(
      `SELECT f.unit, f.id, x.unit_id AS "unitId", x.variant, f.phase, f.interaction, f.at, f.received_at AS "receivedAt",
              f.in_window AS "inWindow", f.tags,
              (SELECT jsonb_object_agg(m.key, k.v) FROM unnest(f.metrics, f."values") AS k(m, v) JOIN metric m ON m.id = k.m) AS metrics
       FROM outcome f JOIN exposure x USING (experiment_id, unit, phase)
       WHERE f.experiment_id = $1 AND f.cohort_day = $5 AND ($2::uuid IS NULL OR (f.unit, f.id) > ($2::uuid, $3))
       ORDER BY f.unit, f.id LIMIT $4`,
      [experimentId, after?.unit ?? null, after?.id ?? null, limit, day],
    );
  }
}
