import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { assayDataSource } from '../operations/data-source-name.js';
import type { PreferredPlace } from './judge-answer.js';
import type { AttemptResult, JudgedSampling } from './judgement.js';
import type { PairCount, Preference, PreferenceStatus } from './pair.js';
import { attemptColumns, attemptParameters, countUnderWay } from './attempt.statement.js';
import { claimPreferences, countPairs, noteInputs, pairUp } from './preference.statement.js';

/** What is written of a preference after an attempt. */
export interface PreferenceResult extends AttemptResult {
  readonly status: PreferenceStatus;
  readonly preferred?: PreferredPlace;
}

/** The hash of what was asked goes with the text. */
const forgetInputs = `DELETE FROM pair_input i WHERE i.experiment_id = $1 AND NOT EXISTS (SELECT FROM generation g
  WHERE g.experiment_id = i.experiment_id AND g.id = i.generation_id AND g.day = i.day AND g.erased_at IS NULL)`;

/** Tables `pair_input` and `preference`: answers to the same input, and which of two a judge prefers. */
@Injectable()
export class PreferenceStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** Notes what a scan finds, and pairs what is alike. */
  async takeUp(
    { experimentId, salt, samplingRate, variants }: JudgedSampling,
    control: string,
    { from, now, sweeps }: { from: Date; now: Date; sweeps: boolean },
    manager: EntityManager,
  ): Promise<void> {
    if (sweeps) await manager.query(forgetInputs, [experimentId]);
    await manager.query(noteInputs, [experimentId, salt, samplingRate, variants, from, now]);
    const others = variants.filter((variant) => variant !== control);
    await manager.query(pairUp, [experimentId, control, others, now]);
  }

  /** Leases what is due, oldest first; see {@link Preference}. */
  claim(
    experimentId: number,
    { now, until, count }: { now: Date; until: Date; count: number },
    manager: EntityManager,
  ): Promise<Preference[]> {
    return manager.query(claimPreferences, [experimentId, now, until, count]);
  }

  /** Preferences that somebody works on. */
  async underWay(experimentId: number, now: Date, manager: EntityManager): Promise<number> {
    const [row]: { count: number }[] = await manager.query(countUnderWay('preference'), [experimentId, now]);
    return row?.count ?? 0;
  }

  /** Ends an attempt, whose lease ends with it. */
  async finish(
    { generationId, swapped }: Pick<Preference, 'generationId' | 'swapped'>,
    result: PreferenceResult,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<void> {
    await manager.query(
      `UPDATE preference SET ${attemptColumns}, preferred = $11 WHERE generation_id = $1 AND swapped = $2`,
      [generationId, swapped, ...attemptParameters(result), result.preferred ?? null],
    );
  }

  counts(experimentId: number): Promise<(PairCount & { variant: string })[]> {
    return this.dataSource.query(countPairs, [experimentId]);
  }

  /** Forgets what these units asked. */
  async eraseInputs(
    units: readonly { experimentId: number; unit: string }[],
    manager: EntityManager,
  ): Promise<void> {
    await manager.query(
      `DELETE FROM pair_input i USING json_to_recordset($1::json) AS e("experimentId" int, unit uuid)
       WHERE i.experiment_id = e."experimentId" AND i.unit = e.unit`,
      [JSON.stringify(units)],
    );
  }
}
