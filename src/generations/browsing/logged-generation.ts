import type { LoggedPrompt } from '../generation-row.js';

/** A generation as it was logged. */
export interface LoggedGeneration {
  /** Ids rise with time. */
  readonly id: string;
  /** When it ended. */
  readonly at: Date;
  /** Null for the experiment's fallback. */
  readonly variant: string | null;
  readonly reason: string;
  readonly phase: number;
  readonly epoch: number | null;
  /** Pseudonymous key of the unit; null where nobody was known, or after an erasure. */
  readonly unit: string | null;
  readonly interaction: string | null;
  /** Of the variant's prompt; null where another config was sent. */
  readonly promptVersion: string | null;
  readonly configHash: string;
  /** Whether the config sent was the variant's. */
  readonly asConfigured: boolean;
  /** Hash of the configuration in the request that the provider got. */
  readonly sentHash: string | null;
  readonly provider: string;
  readonly requestedModel: string;
  readonly model: string;
  readonly fingerprint: string | null;
  readonly requestId: string | null;
  readonly streamed: boolean;
  /** Whether the config's `fallbackConfig` was asked, as its own generation had failed. */
  readonly isFallback: boolean;
  readonly outcome: 'finished' | 'failed' | 'abandoned';
  /** The kind of error that ended it. */
  readonly error: string | null;
  readonly stopReason: string | null;
  readonly attempts: number;
  readonly warnings: readonly string[] | null;
  /** `metadata`: no texts were logged. */
  readonly detail: 'full' | 'metadata';
  readonly prompt: LoggedPrompt | null;
  readonly response: string | null;
  readonly responseLength: number;
  readonly parameters: Readonly<Record<string, unknown>> | null;
  readonly usage: {
    readonly inputTokens: number | null;
    readonly outputTokens: number | null;
    readonly cacheReadTokens: number;
    readonly cacheWriteTokens: number;
    readonly outputTokensEstimated: boolean;
  };
  readonly formatViolation: boolean | null;
  readonly ttftMilliseconds: number | null;
  readonly interChunkMilliseconds: number | null;
  readonly latencyMilliseconds: number;
  readonly costUsd: number | null;
  /** When its texts and its unit were erased. */
  readonly erasedAt: Date | null;
}

/** A metric's value for an interaction: a rating, a judge's score, a person's label. */
export interface MeasuredValue {
  readonly metric: string;
  readonly value: number;
  readonly at: Date;
}

/** A generation beside what was measured of its interaction. */
export interface MeasuredGeneration extends LoggedGeneration {
  readonly measured: readonly MeasuredValue[];
}
