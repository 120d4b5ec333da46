/** A process that serves, as the others know it. */
export interface Replica {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly startedAt: Date;
  /** When it last wrote this. */
  readonly seenAt: Date;
  /** Milliseconds that the latest probes took from their sender's clock to this process, oldest first. */
  readonly delays: readonly number[];
}
