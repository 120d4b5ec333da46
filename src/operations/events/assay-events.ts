/**
 * Names under which this process publishes what was committed, on the application's `EventEmitter2`:
 * an `Exposure`, an `Outcome`, and a decision with its experiment's key and time.
 *
 * @example
 * ;@OnEvent(assayEvents.decision) tellSlack(decision: DecisionEvent) {}
 */
export const assayEvents = {
  exposure: 'assay.exposure',
  outcome: 'assay.outcome',
  decision: 'assay.decision',
} as const;

export type AssayEventName = (typeof assayEvents)[keyof typeof assayEvents];

/** What {@link assayEvents}.decision carries. */
export interface DecisionEvent {
  /** Key of the experiment. */
  readonly experiment: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly reason: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}
