/** Who acted: a person by their key's name, or one of the automatic actors. */
export type Actor =
  `person:${string}` | 'code' | 'schedule' | 'ramp' | 'bandit' | 'rollout' | 'guardrail' | 'model-watch';

/** Something done to an experiment, with what it was decided on. */
export interface Decision {
  readonly actor: Actor;
  readonly action: string;
  readonly reason: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** What was done to an experiment last, and by whom. */
export interface LastDecision extends Pick<Decision, 'actor' | 'action'> {
  readonly at: Date;
}

/** A decision as it was recorded. */
export interface RecordedDecision extends Decision {
  readonly at: Date;
}

/** A part of the log, newest first; `cursor` asks for what came before it, null at the end. */
export interface DecisionPage {
  readonly decisions: readonly RecordedDecision[];
  readonly cursor: number | null;
}
