import type { Exposure } from '../../bucketing/exposure.js';
import type { Experiment } from '../../experiments/experiment.js';
import type { Outcome } from '../outcome.js';

const format = 1;

/** An outcome that waits, and the experiment it is about; numbers alone would be another experiment's in another database. */
export interface SpooledOutcome {
  readonly outcome: Outcome;
  readonly experiment: string;
}

type Dated<T> = { [Key in keyof T]: T[Key] extends Date ? string : T[Key] };
type StoredOutcome = Omit<Dated<Outcome>, 'proof'> & { readonly proof: Dated<Exposure> | null };

/** What tells an experiment from every other of any database. */
export function identityOf({ key, createdAt }: Pick<Experiment, 'key' | 'createdAt'>): string {
  return `${key}@${createdAt.toISOString()}`;
}

/** The bytes that {@link readSpooled} reads. */
export function spooledBytes({ outcome, experiment }: SpooledOutcome): Buffer {
  return Buffer.from(JSON.stringify({ format, experiment, outcome }));
}

/** The outcome that was spooled; null for bytes that another version of Assay wrote in another format. */
export function readSpooled(bytes: Buffer): SpooledOutcome | null {
  const stored = JSON.parse(bytes.toString()) as {
    format: number;
    experiment: string;
    outcome: StoredOutcome;
  };
  if (stored.format !== format) return null;
  const { at, receivedAt, proof, ...rest } = stored.outcome;
  const outcome: Outcome = {
    ...rest,
    at: new Date(at),
    receivedAt: new Date(receivedAt),
    proof: proof && {
      ...proof,
      exposedAt: new Date(proof.exposedAt),
      cohortBin: new Date(proof.cohortBin),
    },
  };
  return { outcome, experiment: stored.experiment };
}
