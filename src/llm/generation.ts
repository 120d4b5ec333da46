/** Who produced the text. `simulated` means that no model was asked at all. */
export type LlmProvider = 'anthropic' | 'openai' | 'simulated';

/** Tokens of one generation. `null` means that the provider did not say, never that there were none. */
export interface Usage {
  /** All input tokens: uncached, read from a cache, and written to a cache. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** Part of `inputTokens`. */
  readonly cacheReadTokens: number;
  /** Part of `inputTokens`. */
  readonly cacheWriteTokens: number;
  /** True when the answer was cut off before the provider counted, so `outputTokens` is ours, from the text's length. */
  readonly outputTokensEstimated: boolean;
}

/** When a generation began and how long its reader waited; retries and the pauses between them are included. */
export interface Timings {
  readonly startedAt: Date;
  /** To the first piece of text; `null` when the answer was not streamed or no text came. */
  readonly ttftMilliseconds: number | null;
  /** The median time between two pieces of text; `null` when not streamed, or with fewer than two pieces. */
  readonly interChunkMilliseconds: number | null;
  readonly latencyMilliseconds: number;
}

/** One call of a model: what came back, from whom, how long it took and what it cost. */
export interface Generation {
  readonly text: string;
  readonly provider: LlmProvider;
  /** The model that answered, as it names itself; the one asked for when it did not say. */
  readonly model: string;
  readonly requestedModel: string;
  /** What the provider says of the version behind the model's name, such as OpenAI's `system_fingerprint`; `null` without. */
  readonly fingerprint: string | null;
  /** SHA-256, in hexadecimal, of the configuration as it was sent: the request's body without what the user said. */
  readonly configHash: string;
  readonly usage: Usage;
  /** Why the model stopped, in the provider's words; `null` when it did not get that far. */
  readonly stopReason: string | null;
  readonly timings: Timings;
  /** Requests sent for this generation; more than 1 means that the latency contains retries. */
  readonly attempts: number;
  /** US dollars at the price valid when it began; `null` when the price or the usage is unknown, never 0 instead. */
  readonly costUsd: number | null;
  /** The provider's id of the request, for its support. */
  readonly requestId: string | null;
  /** Whether the text breaks the JSON schema that the config declares; `null` without one, or when there is no whole text. */
  readonly formatViolation: boolean | null;
  /** Whether the config's `fallbackConfig` was asked, because its own generation had failed. */
  readonly isFallback: boolean;
  readonly warnings: readonly string[];
}
