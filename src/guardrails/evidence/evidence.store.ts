import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { metricRule } from '../../metrics/metric-rules.js';
import { assayDataSource } from '../../operations/data-source-name.js';
import type { Evidence } from './evidence.js';
import { readNewObservations } from './new-observations.statement.js';
import type { Observation } from './restart-mixture.js';
import type { WatchedMean } from './watched-mean.js';

/** What came in since the last look. */
export interface NewObservations {
  /** Everything that this look has seen, for the next one. */
  readonly snapshot: string;
  /** Number of the oldest transaction that was still under way: what is written from now on has this number or a later one. */
  readonly since: string;
  /** Whether more wait than were asked for. */
  readonly more: boolean;
  /** Whether the snapshot of the last look is of another database. */
  readonly restored: boolean;
  /** `n` is the place among what is watched. */
  readonly observations: readonly (Observation & { readonly n: number })[];
}

/** A mean that is watched, and since when each of its copies has been. */
export interface WatchedSince extends WatchedMean {
  readonly since: readonly string[];
}

/** The evidence that guardrails have gathered, and the outcomes that they have not seen yet. */
@Injectable()
export class EvidenceStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  async load(experimentId: number, phase: number): Promise<Evidence | null> {
    const [row]: Evidence[] = await this.dataSource.query(
      `SELECT snapshot, streams FROM guardrail_state WHERE experiment_id = $1 AND phase = $2`,
      [experimentId, phase],
    );
    return row ?? null;
  }

  async save(
    experimentId: number,
    phase: number,
    { snapshot, streams }: Evidence,
    manager: EntityManager,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO guardrail_state (experiment_id, phase, snapshot, streams) VALUES ($1, $2, $3, $4::jsonb)
       ON CONFLICT (experiment_id, phase) DO UPDATE SET snapshot = excluded.snapshot, streams = excluded.streams`,
      [experimentId, phase, snapshot, JSON.stringify(streams)],
    );
  }

  /**
   * After a restore into a database whose transactions have lower numbers: outcomes of before would seem new as soon as the
   * numbers have come to theirs. They lose their number, that many at once; returns how many did.
   */
  async disownRestored(experimentId: number, most: number): Promise<number> {
    const [row]: { count: number }[] = await this.dataSource.query(
      `WITH restored AS (
         SELECT experiment_id, unit, id, cohort_day FROM outcome
         WHERE experiment_id = $1 AND written_in >= pg_snapshot_xmax(pg_current_snapshot()) LIMIT $2
       ), disowned AS (
         UPDATE outcome o SET written_in = NULL FROM restored r
         WHERE (o.experiment_id, o.unit, o.id, o.cohort_day) = (r.experiment_id, r.unit, r.id, r.cohort_day) RETURNING 1
       ) SELECT count(*)::int AS count FROM disowned`,
      [experimentId, most],
    );
    return row?.count ?? 0;
  }

  /** Outcomes that came in since the snapshot, as far as they say something about what is watched; `most` of them, about. */
  async newObservations(
    experimentId: number,
    phase: number,
    snapshot: string,
    watched: readonly WatchedSince[],
    most: number,
  ): Promise<NewObservations | null> {
    const [row]: NewObservations[] = await this.dataSource.query(readNewObservations, [
      experimentId,
      phase,
      snapshot,
      JSON.stringify(watched.map(asWatched)),
      most,
    ]);
    return row ?? null;
  }
}

function asWatched({ variant, entry, side, low, width, since }: WatchedSince, n: number) {
  const { id, quality, cap, proportion } = metricRule(entry);
  return { n, v: variant, m: id, quality, cap, proportion, low, width, above: side === 'above', since };
}
