import { Injectable, Logger } from '@nestjs/common';
import type { VariantConfig } from '../experiments/experiment.js';
import type { GenerationEvent } from './generation-metrics.js';
import type { GenerationObserver } from './generation-observer.js';
import type { GenerationStream } from './generation-stream.js';
import type { Generation } from './generation.js';
import { LlmClient } from './llm-client.js';
import { LlmError } from './llm-error.js';
import { defaultDeadline } from './llm-options.js';
import { requestFor, type LlmInput, type LlmRequest, type LlmSettings } from './llm-request.js';
import { parseVariantConfig, refusedConfig } from './variant-config.js';

export interface GenerateOptions {
  /** Aborts the call and the provider's work with it; the generation then counts as abandoned. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds the call may take, retries included. @default the module's */
  readonly deadline?: number | undefined;
}

export interface LlmDefaults {
  readonly model?: string | undefined;
  readonly deadline?: number | undefined;
}

type EventContext = Pick<GenerationEvent, 'config' | 'request' | 'streamed'>;

/**
 * Asks the model that a variant's config describes, from any route or service.
 *
 * - Latency, time to first token, tokens, cost and errors reach the observers without a line of the caller's.
 * - The whole config is sent as it stands, or the call is refused with `INVALID_CONFIGURATION`.
 * - What the provider does wrong is an `LlmError`.
 *
 * @example
 * const { text } = await llm.generate(variant.config, body.text);
 */
@Injectable()
export class LlmService {
  private readonly logger = new Logger(LlmService.name);
  private readonly observers = new Set<GenerationObserver>();

  constructor(
    private readonly client: LlmClient,
    private readonly defaults: LlmDefaults = {},
  ) {}

  /** The complete answer. */
  async generate(config: VariantConfig, input: LlmInput, options: GenerateOptions = {}): Promise<Generation> {
    const request = requestFor(this.settings(config), input);
    const context = { config, request, streamed: false };
    try {
      const generation = await this.client.generate(request, this.callOptions(options));
      this.finished(context, generation);
      return generation;
    } catch (error) {
      this.failed(context, error);
      throw error;
    }
  }

  /** The answer in pieces. The call begins at once; a config that cannot be used throws before it. */
  stream(config: VariantConfig, input: LlmInput, options: GenerateOptions = {}): GenerationStream {
    const request = requestFor(this.settings(config), input);
    const context = { config, request, streamed: true };
    const stream = this.client.stream(request, this.callOptions(options));
    stream.finished.then(
      (generation) => this.finished(context, generation),
      (error: unknown) => this.failed(context, error),
    );
    return stream;
  }

  /** Throws `INVALID_CONFIGURATION` if this config could not be sent as it stands: to be asked before a variant starts. */
  check(config: VariantConfig): void {
    this.settings(config);
  }

  /** Tells the observer of every generation from now on; the function returned ends that. */
  addObserver(observer: GenerationObserver): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  private settings(config: VariantConfig): LlmSettings {
    const settings = parseVariantConfig(config, this.defaults.model);
    const faults = this.client.faults(settings);
    if (faults.length > 0) throw refusedConfig(faults);
    return settings;
  }

  private callOptions({ signal, deadline }: GenerateOptions) {
    const limit = deadline ?? this.defaults.deadline ?? defaultDeadline;
    return signal === undefined ? { deadline: limit } : { deadline: limit, signal };
  }

  private finished(context: EventContext, generation: Generation): void {
    this.announce({ ...context, outcome: 'finished', generation, error: null });
    for (const warning of generation.warnings)
      this.logger.debug(`${this.named(context.request)}: ${warning}`);
  }

  private failed(context: EventContext, error: unknown): void {
    if (!(error instanceof LlmError)) return;
    const outcome = error.kind === 'cancelled' ? 'abandoned' : 'failed';
    this.announce({ ...context, outcome, generation: error.generation, error });
    if (outcome === 'failed') this.logger.warn(error.message);
  }

  private announce(event: GenerationEvent): void {
    for (const observer of this.observers) {
      try {
        observer.observe(event);
      } catch (error) {
        this.logger.error('An observer of generations threw; the generation itself is not affected.', error);
      }
    }
  }

  private named(request: LlmRequest): string {
    return `${this.client.provider} ${request.settings.model}`;
  }
}
