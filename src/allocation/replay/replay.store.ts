import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { momentColumns } from '../../metrics/moment-columns.statement.js';
import { assayDataSource } from '../../operations/data-source-name.js';
import type { ReplayCell } from './replay.js';
import { replayCells, replayExtent } from './replay.statement.js';

/** How the units of a log are read. */
export interface ReplayReading {
  readonly experimentId: number;
  readonly metric: number;
  readonly start: Date;
  readonly stepMilliseconds: number;
  /** Units up to this key; keys are hashes, so those up to a bound are a sample. */
  readonly lastKey: string;
  readonly variants: readonly string[];
  readonly missingIsZero: boolean;
  readonly isProportion: boolean;
  /** Units exposed from then on are left out, as their windows are not over; null = none are. */
  readonly before: Date | null;
}

/** One variant's part of a log. */
export interface ReplayExtent {
  readonly variant: string;
  readonly units: number;
  /** Of these, without a propensity. */
  readonly unknown: number;
  readonly first: Date;
  readonly last: Date;
}

type CellRow = Omit<ReplayCell, 'moments'> & ReplayCell['moments'];

/** Reads an experiment's log for a replay. */
@Injectable()
export class ReplayStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  extent({
    experimentId,
    lastKey,
    variants,
    before,
  }: Pick<ReplayReading, 'experimentId' | 'lastKey' | 'variants' | 'before'>): Promise<ReplayExtent[]> {
    return this.dataSource.query(replayExtent, [experimentId, lastKey, variants, before]);
  }

  async cells(reading: ReplayReading): Promise<ReplayCell[]> {
    const rows: CellRow[] = await this.dataSource.query(replayCells(momentColumns), [
      reading.experimentId,
      reading.metric,
      reading.start,
      reading.stepMilliseconds,
      reading.lastKey,
      reading.variants,
      reading.missingIsZero,
      reading.isProportion,
      reading.before,
    ]);
    return rows.map(({ step, variant, propensity, ...moments }) => ({ step, variant, propensity, moments }));
  }
}
