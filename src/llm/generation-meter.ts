import type { Generation, LlmProvider, Usage } from './generation.js';
import { violatesFormat, type OutputSchema } from './output-format.js';
import { costOf, type OwnPrices } from './price.js';
import { estimateTokens } from './token-estimate.js';

/** What is being measured. */
export interface MeterSubject {
  readonly provider: LlmProvider;
  readonly requestedModel: string;
  readonly streamed: boolean;
  readonly startedAt: Date;
  /** Of the configuration as sent. */
  readonly configHash: string;
  /** What the answer shall look like. */
  readonly outputSchema?: OutputSchema | undefined;
  readonly prices?: OwnPrices | undefined;
  readonly isFallback?: boolean | undefined;
}

/** Reads elapsed milliseconds off a clock that never jumps. */
export type Stopwatch = () => number;

/**
 * Measures one generation from the first request to the last piece of text. All providers, streaming or not, are measured
 * here and nowhere else, so no path can miss a figure.
 */
export class GenerationMeter {
  private readonly begun: number;
  private firstPiece: number | null = null;
  private lastPiece: number | null = null;
  private readonly gaps: number[] = [];
  private sent = 0;
  private text = '';
  private model: string | null = null;
  private stopReason: string | null = null;
  private requestId: string | null = null;
  private fingerprint: string | null = null;
  private declined = false;
  private usage: Partial<Usage> = {};
  private readonly warnings: string[] = [];

  constructor(
    private readonly subject: MeterSubject,
    private readonly stopwatch: Stopwatch,
  ) {
    this.begun = stopwatch();
  }

  /** Counts a request about to be sent. */
  attempt(): void {
    this.sent += 1;
  }

  get attempts(): number {
    return this.sent;
  }

  piece(text: string): void {
    if (this.subject.streamed && text !== '') this.mark(this.stopwatch());
    this.text += text;
  }

  private mark(now: number): void {
    this.firstPiece ??= now;
    if (this.lastPiece !== null) this.gaps.push(now - this.lastPiece);
    this.lastPiece = now;
  }

  answeredBy(model: string | null, requestId: string | null): void {
    this.model = model ?? this.model;
    this.requestId = requestId ?? this.requestId;
  }

  /** Notes the version that the provider says is behind the model's name. */
  fingerprinted(fingerprint: string | null): void {
    this.fingerprint = fingerprint ?? this.fingerprint;
  }

  /** Notes that the model declined to answer. */
  refused(): void {
    this.declined = true;
  }

  get isDeclined(): boolean {
    return this.declined;
  }

  stopped(reason: string | null): void {
    this.stopReason = reason ?? this.stopReason;
  }

  /** Later figures replace earlier ones: a stream reports its input first and its output last. */
  used(usage: Partial<Usage>): void {
    this.usage = { ...this.usage, ...usage };
  }

  warn(warning: string): void {
    if (!this.warnings.includes(warning)) this.warnings.push(warning);
  }

  get hasText(): boolean {
    return this.text.trim() !== '';
  }

  get reasonStopped(): string | null {
    return this.stopReason;
  }

  /** The record of an answer that came to its end. */
  complete(): Generation {
    const { outputSchema } = this.subject;
    const violated = outputSchema === undefined ? null : violatesFormat(outputSchema, this.text);
    if (this.text.includes('\uFFFD'))
      this.warn('The text holds U+FFFD, as where bytes came that are not UTF-8.');
    return { ...this.record(this.currentUsage(), true), formatViolation: violated };
  }

  /** The record of an answer that was cut off or never came: its output tokens are estimated if nobody counted them. */
  interrupted(): Generation {
    const usage = this.currentUsage();
    const counted = usage.outputTokens !== null || usage.inputTokens === null;
    if (counted) return this.record(usage, usage.inputTokens !== null);
    this.warn(
      'The answer was cut off: its output tokens, and so its cost, are estimated from the text received.',
    );
    return this.record(
      { ...usage, outputTokens: estimateTokens(this.text), outputTokensEstimated: true },
      true,
    );
  }

  private currentUsage(): Usage {
    const nothing: Usage = {
      inputTokens: null,
      outputTokens: null,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
      outputTokensEstimated: false,
    };
    return { ...nothing, ...this.usage };
  }

  private record(usage: Usage, charged: boolean): Generation {
    const { provider, requestedModel, startedAt, configHash, prices } = this.subject;
    const model = this.model ?? requestedModel;
    const cost = charged ? costOf(usage, model, startedAt, prices) : { costUsd: null, warning: null };
    if (cost.warning !== null) this.warn(cost.warning);
    return {
      text: this.text,
      provider,
      model,
      requestedModel,
      fingerprint: this.fingerprint,
      configHash,
      usage,
      stopReason: this.stopReason,
      timings: {
        startedAt,
        ttftMilliseconds: this.firstPiece === null ? null : this.firstPiece - this.begun,
        interChunkMilliseconds: median(this.gaps),
        latencyMilliseconds: this.stopwatch() - this.begun,
      },
      attempts: this.sent,
      costUsd: cost.costUsd,
      requestId: this.requestId,
      formatViolation: null,
      isFallback: this.subject.isFallback ?? false,
      warnings: [...this.warnings],
    };
  }
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const ordered = values.toSorted((one, other) => one - other);
  const middle = Math.floor(ordered.length / 2);
  const upper = ordered[middle] ?? 0;
  return ordered.length % 2 === 1 ? upper : (upper + (ordered[middle - 1] ?? 0)) / 2;
}
