/** Who acted: a person by their key's name, or one of the automatic actors. */
export type Actor = `person:${string}` | 'code' | 'schedule' | 'ramp' | 'bandit' | 'rollout' | 'guardrail';

/** Something done to an experiment, with what it was decided on. */
export interface Decision {
  readonly actor: Actor;
  readonly action: string;
  readonly reason: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** A decision as it was recorded. */
export interface RecordedDecision extends Decision {
  readonly at: Date;
}
