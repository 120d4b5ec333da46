import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EpochCause } from './weight-epoch.js';

@Entity('weight_epoch')
export class WeightEpochEntity {
  @PrimaryColumn('integer', { name: 'experiment_id' }) experimentId!: number;
  @PrimaryColumn('text') segment!: string;
  @PrimaryColumn('integer') number!: number;
  @Column('smallint') phase!: number;
  @Column('jsonb') weights!: Readonly<Record<string, number>>;
  @Column('bytea') slots!: Buffer;
  @Column('bytea', { name: 'moved_slots' }) movedSlots!: Buffer;
  @Column('double precision') coverage!: number;
  @Column('timestamptz', { name: 'started_at' }) startedAt!: Date;
  @Column('text') cause!: EpochCause;
  @Column('jsonb') evidence!: Readonly<Record<string, unknown>>;
}
