import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { DecisionEntity } from './decision.entity.js';
import { ExperimentEntity } from './experiment.entity.js';
import type { Experiment, NewExperiment } from './experiment.js';
import { KillSwitchStore, type KillState } from './kill-switch.store.js';
import { assayDataSource } from '../operations/data-source-name.js';

/** Fields that a change may write; the rest of an experiment never changes. */
export type ExperimentPatch = Partial<
  Omit<Experiment, 'id' | 'key' | 'version' | 'kills' | 'createdAt' | 'source'>
>;

/** Reads and writes experiments, with the kill switch merged into status and version. */
@Injectable()
export class ExperimentStore {
  constructor(
    @InjectDataSource(assayDataSource) private readonly dataSource: DataSource,
    private readonly killSwitch: KillSwitchStore,
  ) {}

  async findByKey(key: string, manager: EntityManager = this.dataSource.manager): Promise<Experiment | null> {
    const row = await manager.findOneBy(ExperimentEntity, { key });
    return row ? this.withKills(row, await this.killSwitch.state(row.id, manager)) : null;
  }

  async findById(id: number, manager: EntityManager = this.dataSource.manager): Promise<Experiment | null> {
    const row = await manager.findOneBy(ExperimentEntity, { id });
    return row ? this.withKills(row, await this.killSwitch.state(row.id, manager)) : null;
  }

  /** All experiments, oldest first. */
  async findAll(): Promise<Experiment[]> {
    const rows = await this.dataSource.manager.find(ExperimentEntity, { order: { id: 'ASC' } });
    const kills = await this.killSwitch.states();
    return rows.map((row) => this.withKills(row, kills.get(row.id)));
  }

  /** Id and version of every experiment: what a poll compares with memory. */
  async versions(): Promise<{ id: number; key: string; version: number }[]> {
    return this.dataSource.query(
      `SELECT e.id, e.key, e.version + (SELECT count(*) FROM kill_switch k WHERE k.experiment_id = e.id)::int AS version
       FROM experiment e`,
    );
  }

  /** Returns the new experiment's id, or null when its key is taken. */
  async insert(experiment: NewExperiment, manager: EntityManager): Promise<number | null> {
    const result = await manager
      .createQueryBuilder()
      .insert()
      .into(ExperimentEntity)
      .values(experiment as QueryDeepPartialEntity<ExperimentEntity>)
      .orIgnore()
      .returning('id')
      .execute();
    const [row] = result.raw as { id: number }[];
    return row?.id ?? null;
  }

  /**
   * Writes the patch only if the experiment is as seen: same version, no kill since.
   * Returns false when it is not, having written nothing.
   */
  async update(
    seen: Experiment,
    patch: ExperimentPatch,
    now: Date,
    manager: EntityManager,
  ): Promise<boolean> {
    const result = await manager
      .createQueryBuilder()
      .update(ExperimentEntity)
      .set({
        ...patch,
        version: seen.version - seen.kills + 1,
        updatedAt: now,
      } as QueryDeepPartialEntity<ExperimentEntity>)
      .where('id = :id AND version = :version', { id: seen.id, version: seen.version - seen.kills })
      .andWhere('(SELECT count(*) FROM kill_switch WHERE experiment_id = :id) = :kills', {
        kills: seen.kills,
      })
      .execute();
    return result.affected === 1;
  }

  async delete(id: number, manager: EntityManager): Promise<void> {
    await manager.delete(ExperimentEntity, { id });
    await manager.delete(DecisionEntity, { experimentId: id });
  }

  private withKills(row: ExperimentEntity, kill: KillState = { kills: 0, active: false }): Experiment {
    // Archived is final: a kill that came at the same moment must not let it be resumed.
    const isKilled = kill.active && row.status !== 'archived';
    return {
      ...row,
      status: isKilled ? 'killed' : row.status,
      version: row.version + kill.kills,
      kills: kill.kills,
    };
  }
}
