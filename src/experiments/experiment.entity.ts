import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Allocation } from './allocation.js';
import type {
  DecisionPlan,
  HashName,
  MetricPlan,
  Status,
  Unit,
  Variant,
  VariantConfig,
} from './experiment.js';
import type { Budget } from './budget.js';
import type { GenerationLogSetting } from './generation-log.js';
import type { Guardrail } from './guardrail.js';
import type { Judge } from './judge.js';
import type { LayerClaim } from './layer.js';
import type { ProgrammeHoldback } from './programme/programme-holdback.js';
import type { RampState, RampStep, RolloutState } from './schedule.js';
import type { TargetingRule } from '../targeting/targeting-rule.js';

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
  @Column('jsonb', { name: 'programme_holdback', nullable: true })
  programmeHoldback!: ProgrammeHoldback | null;
  @Column('text') hash!: HashName;
  @Column('text') salt!: string;
  @Column('text') control!: string;
  @Column('jsonb') fallback!: VariantConfig;
  @Column('jsonb') variants!: readonly Variant[];
  @Column('jsonb') metrics!: MetricPlan;
  @Column('jsonb') plan!: DecisionPlan;
  @Column('jsonb') guardrails!: readonly Guardrail[];
  @Column('jsonb') ramp!: readonly RampStep[];
  @Column('jsonb', { name: 'ramp_state', nullable: true }) rampState!: RampState | null;
  @Column('jsonb', { nullable: true }) targeting!: TargetingRule | null;
  @Column('jsonb') forced!: Readonly<Record<string, string>>;
  @Column('jsonb', { nullable: true }) layer!: LayerClaim | null;
  @Column('jsonb', { nullable: true }) budget!: Budget | null;
  @Column('text', { name: 'fail_closed_after', nullable: true }) failClosedAfter!: string | null;
  @Column('jsonb', { name: 'generation_log', nullable: true })
  generationLog!: GenerationLogSetting | null;
  @Column('jsonb', { name: 'config_schema', nullable: true })
  configSchema!: Readonly<Record<string, unknown>> | null;
  @Column('jsonb', { nullable: true }) judge!: Judge | null;
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
