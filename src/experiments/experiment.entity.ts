import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type {
  Allocation,
  DecisionPlan,
  HashName,
  MetricPlan,
  Status,
  Unit,
  Variant,
  VariantConfig,
} from './experiment.js';
import type { Guardrail } from './guardrail.js';
import type { RampStep, RolloutState } from './schedule.js';

@Entity('experiment')
export class ExperimentEntity {
  @PrimaryGeneratedColumn('identity', { type: 'integer' }) id!: number;
  @Column('text') key!: string;
  @Column('text') name!: string;
  @Column('text') description!: string;
  @Column('text') hypothesis!: string;
  @Column('text') unit!: Unit;
  @Column('text') status!: Status;
  @Column('integer') version!: number;
  @Column('text') source!: 'live' | 'imported';
  @Column('boolean') demonstration!: boolean;
  @Column('double precision') coverage!: number;
  @Column('double precision') holdback!: number;
  @Column('text') hash!: HashName;
  @Column('text') salt!: string;
  @Column('text') control!: string;
  @Column('jsonb') fallback!: VariantConfig;
  @Column('jsonb') variants!: readonly Variant[];
  @Column('jsonb') metrics!: MetricPlan;
  @Column('jsonb') plan!: DecisionPlan;
  @Column('jsonb') guardrails!: readonly Guardrail[];
  @Column('jsonb') ramp!: readonly RampStep[];
  @Column('jsonb') allocation!: Allocation;
  @Column('text') admission!: 'open' | 'closed';
  @Column('smallint') phase!: number;
  @Column('jsonb', { nullable: true }) rollout!: RolloutState | null;
  @Column('text', { name: 'decided_variant', nullable: true }) decidedVariant!: string | null;
  /** Hash of the definition in code, for an experiment that the application registered. */
  @Column('text', { nullable: true }) declaration!: string | null;
  @Column('text', { name: 'plan_hash', nullable: true }) planHash!: string | null;
  @Column('timestamptz', { name: 'starts_at', nullable: true }) startsAt!: Date | null;
  @Column('timestamptz', { name: 'started_at', nullable: true }) startedAt!: Date | null;
  @Column('timestamptz', { name: 'ends_at', nullable: true }) endsAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
}
