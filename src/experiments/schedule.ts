/** A step of a ramp: once all its conditions hold, raise coverage to this percentage. */
export interface RampStep {
  /** ISO 8601 duration after the start. */
  readonly after: string;
  /** Percentage of units allowed in from then on. */
  readonly coverage: number;
  /** Not before so many units of the test have been exposed. */
  readonly units?: number | undefined;
  /** Not before a person has approved it. */
  readonly approval?: boolean | undefined;
}

/** What people decided about a ramp under way. */
export interface RampState {
  /** Whether someone holds it where it is. */
  readonly held: boolean;
  /** Milliseconds that were left to the next step when it was held. */
  readonly remaining: number | null;
  /** Coverage up to which steps that need approval have it. */
  readonly approvedCoverage: number;
  /** Whether someone ended it: no further step is taken. */
  readonly aborted: boolean;
}

/** A stage of a winner's rollout: its percentage of units, held that long before the next stage. */
export interface RolloutStage {
  readonly percent: number;
  /** ISO 8601 duration; absent on the last stage. */
  readonly hold?: string;
}

/** A winner's rollout under way. */
export interface RolloutState {
  readonly winner: string;
  /** Who shares what the winner leaves: all other variants equally, or control alone. */
  readonly remainder: 'others' | 'control';
  readonly stages: readonly RolloutStage[];
  /** Index into `stages` of the one now in force. */
  readonly stage: number;
  readonly paused: boolean;
  /** Milliseconds of the present stage's hold that were left when it was paused. */
  readonly remainingHold: number | null;
  /** Weights to return to on abort. */
  readonly weightsBefore: Readonly<Record<string, number>>;
}
