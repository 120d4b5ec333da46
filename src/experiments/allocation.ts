/** A condition on a variant: a metric's mean, or its quantile, on one side of a bound. Exactly one of the bounds is set. */
export interface RewardConstraint {
  readonly metric: string;
  /** For "95th percentile at most 1500": 0.95. Absent: the mean. */
  readonly quantile?: number | undefined;
  readonly atMost?: number | undefined;
  readonly atLeast?: number | undefined;
}

/** What a bandit raises. */
export type Reward =
  /** A metric of the catalogue, in its own direction. */
  | string
  /** Σ weight × the metric's mean; more is better. */
  | { readonly utility: Readonly<Record<string, number>> }
  /** The best value of a metric, in its own direction, among variants that keep all conditions. */
  | { readonly maximise: string; readonly subjectTo: readonly RewardConstraint[] };

/** What a bandit waits for before its first step; all of it. */
export interface BurnIn {
  /** Matured units with a reward, each variant. */
  readonly unitsPerVariant: number;
  /** Values of the reward that really came, each variant: a unit that counts as zero has none. */
  readonly rewards?: number | undefined;
  /** Hours since the start of the test. */
  readonly hours?: number | undefined;
}

/** How a bandit parts its units into leaves of a tree, each with a posterior and weights of its own. */
export interface Segments {
  /** Names of attributes: the first parts all units, each next one the units of a leaf. */
  readonly attributes: readonly string[];
  /** Units that every variant needs in a segment before it becomes a leaf. @default 200 */
  readonly minimumUnits?: number | undefined;
  /** @default 8 */
  readonly maximumLeaves?: number | undefined;
}

/** How weights are set: by a person, or by Thompson sampling on the reward. */
export type Allocation =
  | { readonly mode: 'fixed' }
  | {
      readonly mode: 'bandit';
      readonly reward: Reward;
      /** Least share of new units that every variant keeps. */
      readonly floor: number;
      /** ISO 8601 duration between reallocations. */
      readonly every: string;
      readonly burnIn: BurnIn;
      /** The most that any share moves in one step. @default 1, no limit */
      readonly maximumStep?: number | undefined;
      /** Share of new units reserved for control, which gets its own chances on top. @default 0, the floor alone */
      readonly controlShare?: number | undefined;
      /** Whether older units count less once differences are seen to change with time. @default 'never' */
      readonly discount?: 'never' | 'on-drift' | undefined;
      /** Earn most on the way, or find the best variant soonest and stop. @default 'reward' */
      readonly objective?: 'reward' | 'best-variant' | undefined;
      /** What a sudden jump of one variant's reward does: hold the weights, or nothing. @default 'freeze' */
      readonly onJump?: 'freeze' | 'ignore' | undefined;
      /** Whether segments of units get weights of their own. @default one set of weights for everyone */
      readonly segments?: Segments | undefined;
    };

export type Bandit = Extract<Allocation, { mode: 'bandit' }>;
