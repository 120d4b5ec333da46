import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { foldSketches } from './fold-sketches.statement.js';

/** Rows of one experiment to fold. */
export interface MaturedSketches {
  readonly experimentId: number;
  /** Numbers of the quantile metrics in the catalogue. */
  readonly metrics: readonly number[];
  /** Only cohort bins that began before this instant; null = all. */
  readonly binsBefore: Date | null;
}

/** Rows folded in one transaction: a late outcome of one of them waits for a tenth of a second at most. */
export const rowsAtOnce = 10_000;

/** Keeps the sketches of quantile metrics small. */
@Injectable()
export class SketchStore {
  /**
   * Makes one cohort bin of those that have matured, and changes no answer by it; how many rows went into it. None while
   * another process does so, or an import runs: that takes a unit's values away from one variant and adds them to another.
   */
  async fold(
    { experimentId, metrics, binsBefore }: MaturedSketches,
    manager: EntityManager,
  ): Promise<number> {
    const [{ free }]: [{ free: boolean }] = await manager.query(
      `SELECT pg_try_advisory_xact_lock(hashtext('assay:import'), $1) AS free`,
      [experimentId],
    );
    if (!free) return 0;
    const before = binsBefore ?? 'infinity';
    const [folded]: { rows: number }[] = await manager.query(foldSketches, [
      experimentId,
      metrics,
      before,
      rowsAtOnce,
    ]);
    return folded?.rows ?? 0;
  }
}
