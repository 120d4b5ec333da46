import type { Allocation } from './allocation.js';
import type { Budget } from './budget.js';
import type { GenerationLogSetting } from './generation-log.js';
import type { Guardrail } from './guardrail.js';
import type { Judge } from './judge.js';
import type { LayerClaim } from './layer.js';
import type { ProgrammeHoldback } from './programme/programme-holdback.js';
import type { RampState, RampStep, RolloutState } from './schedule.js';
import type { TargetingRule } from '../targeting/targeting-rule.js';

/** What a unit is served: the model, the prompt and the parameters of one variant. Opaque to everything but the LLM layer. */
export type VariantConfig = Readonly<Record<string, unknown>>;

/** One full configuration under comparison. */
export interface Variant {
  readonly key: string;
  readonly name: string;
  readonly weight: number;
  /** As given, else the first 8 characters of the config's hash; null only in what is older than such hashes. */
  readonly promptVersion: string | null;
  readonly config: VariantConfig;
}

/** What is randomised. */
export type Unit = 'user' | 'session' | 'conversation' | 'tenant' | 'request';

/** The states of the lifecycle; see `lifecycle.ts` for the legal moves between them. */
export type Status =
  | 'draft'
  | 'scheduled'
  | 'running'
  | 'paused'
  | 'rolling-out'
  | 'concluded'
  | 'archived'
  | 'killed'
  | 'imported';

export type HashName = 'murmur3-v1' | 'md5-v1';

export interface MetricPlan {
  /** Metrics that decide; several are co-primary. */
  readonly primary: readonly string[];
  readonly secondary: readonly string[];
  /** Smallest difference worth acting on, in units of the primary metric. */
  readonly minimumEffect: number | null;
  /** Non-inferiority margin, in units of the primary metric. */
  readonly margin: number | null;
  /** ISO 8601 duration after first exposure during which a unit's outcomes count. */
  readonly window: string;
  /** What was known of each unit before its exposure, to compare more sharply (CUPED). */
  readonly covariate: Covariate | null;
}

/** A number fixed before a unit's first exposure: sent as an attribute, or a metric of its past in other experiments. */
export type Covariate =
  | { readonly attribute: string }
  /** `before` is an ISO 8601 duration: how far back from the first exposure outcomes count. */
  | { readonly metric: string; readonly before: string };

export interface DecisionPlan {
  readonly alpha: number;
  readonly power: number;
  readonly minimumDays: number;
  readonly maximumDays: number;
  readonly unitsPerVariant: number | null;
  readonly maximumCostRatio: number | null;
  readonly decision: string;
}

/** The question, its variants, its plan, and where it stands. One row of table `experiment`. */
export interface Experiment {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly hypothesis: string;
  readonly unit: Unit;
  readonly status: Status;
  /** Rises by one with every change, kills included; never goes back. */
  readonly version: number;
  /** How often it was killed; `version` counts these too. */
  readonly kills: number;
  readonly source: 'live' | 'imported';
  /** True for an experiment that `npm run simulate` made: its plan may be measured in seconds. */
  readonly demonstration: boolean;
  /** Percentage of units allowed in, 0 to 100. */
  readonly coverage: number;
  /** Percentage of units kept on the configuration of before, 0 to 100. */
  readonly holdback: number;
  /** Units that no experiment touches, as it was set when this one started; null = none, or not started. */
  readonly programmeHoldback: ProgrammeHoldback | null;
  readonly hash: HashName;
  readonly salt: string;
  readonly control: string;
  readonly fallback: VariantConfig;
  readonly variants: readonly Variant[];
  readonly metrics: MetricPlan;
  readonly plan: DecisionPlan;
  readonly guardrails: readonly Guardrail[];
  readonly ramp: readonly RampStep[];
  /** What people decided about the ramp under way; null while nobody has. */
  readonly rampState: RampState | null;
  /** Who may be let in; null = everyone. */
  readonly targeting: TargetingRule | null;
  /** Variant by unit id: what these are served to look at it, without being analysed. */
  readonly forced: Readonly<Record<string, string>>;
  /** The part of a layer's units that is this experiment's alone; null = it shares nobody out. */
  readonly layer: LayerClaim | null;
  /** What may be spent on it; null = no bound. */
  readonly budget: Budget | null;
  /** ISO 8601 duration after which a process that hears nothing from the database serves the fallback; null = never. */
  readonly failClosedAfter: string | null;
  /** What of its generations is logged; null = what the process is told to. */
  readonly generationLog: GenerationLogSetting | null;
  /** JSON schema of every variant's config and of the fallback; null = none. */
  readonly configSchema: Readonly<Record<string, unknown>> | null;
  /** Who scores its answers; null = nobody. */
  readonly judge: Judge | null;
  readonly allocation: Allocation;
  readonly admission: 'open' | 'closed';
  /** 0 while testing; 1, 2, … are the stages of a rollout. */
  readonly phase: number;
  readonly rollout: RolloutState | null;
  /** The variant everyone is served once the experiment is concluded. */
  readonly decidedVariant: string | null;
  /** Hash of the definition in code, for an experiment that the application registered. */
  readonly declaration: string | null;
  /** Fingerprint of the plan as it was at the start; see `planHash`. Null before. */
  readonly planHash: string | null;
  readonly startsAt: Date | null;
  readonly startedAt: Date | null;
  readonly endsAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The variant of that key; the caller has checked that it exists. */
export function variantOf(experiment: Experiment, key: string): Variant {
  const variant = experiment.variants.find((candidate) => candidate.key === key);
  if (!variant) throw new RangeError(`Experiment ${experiment.key} has no variant ${key}`);
  return variant;
}

/** A new experiment, before the database has numbered it. */
export type NewExperiment = Omit<Experiment, 'id' | 'kills'>;
