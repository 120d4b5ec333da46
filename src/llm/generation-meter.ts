import type { Generation, LlmProvider, Usage } from './generation.js';
import { costOf } from './price.js';
import { estimateTokens } from './token-estimate.js';

/** What is being measured. */
export interface MeterSubject {
  readonly provider: LlmProvider;
  readonly requestedModel: string;
  readonly streamed: boolean;
  readonly startedAt: Date;
}

/** Reads elapsed milliseconds off a clock that never jumps. */
export type Stopwatch = () => number;

/**
 * Measures one generation from the first request to the last piece of text. Both providers, streaming or not, are measured
 * here and nowhere else, so no path can miss a figure.
 */
export class GenerationMeter {
  private readonly begun: number;
  private firstPiece: number | null = null;
  private sent = 0;
  private text = '';
  private model: string | null = null;
  private stopReason: string | null = null;
  private requestId: string | null = null;
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
    if (this.subject.streamed && text !== '') this.firstPiece ??= this.stopwatch();
    this.text += text;
  }

  answeredBy(model: string | null, requestId: string | null): void {
    this.model = model ?? this.model;
    this.requestId = requestId ?? this.requestId;
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
    return this.record(this.currentUsage(), true);
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
    const { provider, requestedModel, startedAt } = this.subject;
    const model = this.model ?? requestedModel;
    const cost = charged ? costOf(usage, model, startedAt) : { costUsd: null, warning: null };
    if (cost.warning !== null) this.warn(cost.warning);
    return {
      text: this.text,
      provider,
      model,
      requestedModel,
      usage,
      stopReason: this.stopReason,
      timings: {
        startedAt,
        ttftMilliseconds: this.firstPiece === null ? null : this.firstPiece - this.begun,
        latencyMilliseconds: this.stopwatch() - this.begun,
      },
      attempts: this.sent,
      costUsd: cost.costUsd,
      requestId: this.requestId,
      warnings: [...this.warnings],
    };
  }
}
