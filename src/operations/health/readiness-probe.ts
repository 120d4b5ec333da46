/** `degraded` still serves, with something missing; `down` does not serve. */
export type ReadinessState = 'up' | 'degraded' | 'down';

/** What a probe found. The details are shown to anyone who may see `/health`: no addresses, no credentials. */
export interface Readiness {
  readonly state: ReadinessState;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Something the server needs, asked how it is each time `/health` or `/health/ready` is called. */
export abstract class ReadinessProbe {
  /** The name under which it appears in the answer. */
  abstract readonly name: string;

  /** How it is now. A rejection, or no answer within the time limit, counts as `down`. */
  abstract check(): Promise<Readiness>;
}
