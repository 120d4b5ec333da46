import { configOf, servedVariant } from '../generation-row.js';
import type { ObservedGeneration } from '../observed-generation.js';

/** Under this name generations are counted that answered with the fallback. No variant can have it. */
export const fallbackGroup = '$fallback';

/** Generations of one kind, counted. One row of table `generation_receipt`, summed over its writers. */
export interface Receipt {
  /** A variant, the holdback, or {@link fallbackGroup}. */
  readonly variant: string;
  readonly phase: number;
  readonly requestedModel: string;
  /** The model that answered, as it names itself; empty where none finished. */
  readonly model: string;
  /** What the provider says of the version behind the model's name; empty without. */
  readonly fingerprint: string;
  /** Whether the config sent was the one assigned. */
  readonly asConfigured: boolean;
  readonly generations: number;
  /** Those answered by the config's `fallbackConfig`, because its own generation had failed. */
  readonly fallbacks: number;
  /** Those whose prompt was read from the provider's cache, at least in part. */
  readonly cacheReads: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** A receipt with the experiment that it is for. */
export interface ExperimentReceipt extends Receipt {
  readonly experimentId: number;
}

/** The receipts of a batch: one for each kind of generation in it. Forced ones, which nobody analyses, have none. */
export function receiptsOf(batch: readonly ObservedGeneration[]): ExperimentReceipt[] {
  const receipts = new Map<string, ExperimentReceipt>();
  for (const observed of batch) {
    if (observed.subject.assignment.reason === 'forced') continue;
    const receipt = receiptOf(observed);
    const {
      generations: _count,
      fallbacks: _fallbacks,
      cacheReads: _reads,
      firstAt: _first,
      lastAt: _last,
      ...kind
    } = receipt;
    const key = JSON.stringify(kind);
    const present = receipts.get(key);
    receipts.set(key, present ? merged(present, receipt) : receipt);
  }
  return [...receipts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, receipt]) => receipt);
}

function receiptOf(observed: ObservedGeneration): ExperimentReceipt {
  const { assignment } = observed.subject;
  const { id, phase } = assignment.entry!.experiment;
  const { generation, outcome } = observed.event;
  return {
    experimentId: id,
    variant: servedVariant(assignment) ?? fallbackGroup,
    phase,
    requestedModel: generation.requestedModel,
    // One that failed may never have said who it was.
    model: outcome === 'finished' ? generation.model : '',
    fingerprint: outcome === 'finished' ? (generation.fingerprint ?? '') : '',
    asConfigured: configOf(observed).asConfigured,
    generations: 1,
    fallbacks: generation.isFallback ? 1 : 0,
    cacheReads: generation.usage.cacheReadTokens > 0 ? 1 : 0,
    firstAt: observed.at,
    lastAt: observed.at,
  };
}

function merged(one: ExperimentReceipt, other: ExperimentReceipt): ExperimentReceipt {
  return {
    ...one,
    generations: one.generations + other.generations,
    fallbacks: one.fallbacks + other.fallbacks,
    cacheReads: one.cacheReads + other.cacheReads,
    firstAt: one.firstAt < other.firstAt ? one.firstAt : other.firstAt,
    lastAt: one.lastAt > other.lastAt ? one.lastAt : other.lastAt,
  };
}
