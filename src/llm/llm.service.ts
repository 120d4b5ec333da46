import { Injectable, Logger } from '@nestjs/common';
import type { VariantConfig } from '../experiments/experiment.js';
import type { GenerationEvent } from './generation-metrics.js';
import type { GenerationObserver } from './generation-observer.js';
import { GenerationStream } from './generation-stream.js';
import type { Generation } from './generation.js';
import { LlmClient, type CallOptions } from './llm-client.js';
import { LlmError } from './llm-error.js';
import { defaultDeadline } from './llm-options.js';
import { requestFor, type LlmInput, type LlmRequest, type LlmSettings } from './llm-request.js';
import { parseVariantConfig, refusedConfig, within } from './variant-config.js';

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

/** One call of this service: what was asked for, and until when there shall be an answer. */
interface ServiceCall {
  readonly config: VariantConfig;
  readonly request: LlmRequest;
  /** On the clock of `performance.now()`. */
  readonly ends: number;
  readonly signal: AbortSignal | undefined;
}

/** Models that are warned of by name: a provider may make up any number of names. */
const mostUnpriced = 100;

type Ask = (request: LlmRequest, options: CallOptions) => Promise<Generation>;

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
  private readonly unpriced = new Set<string>();

  constructor(
    private readonly client: LlmClient,
    private readonly defaults: LlmDefaults = {},
  ) {}

  /** The complete answer; that of the config's `fallbackConfig` when its own generation fails. */
  async generate(config: VariantConfig, input: LlmInput, options: GenerateOptions = {}): Promise<Generation> {
    const call = this.call(config, input, options);
    const ask = (request: LlmRequest, callOptions: CallOptions) => this.client.generate(request, callOptions);
    return this.withFallback(call, false, ask, () => true);
  }

  /**
   * The answer in pieces. The call begins at once; a config that cannot be used throws before it. The `fallbackConfig` is
   * asked only as long as no piece was handed out.
   */
  stream(config: VariantConfig, input: LlmInput, options: GenerateOptions = {}): GenerationStream {
    const call = this.call(config, input, options);
    return new GenerationStream((emit, signal) => {
      let isBlank = true;
      const ask = (request: LlmRequest, callOptions: CallOptions) =>
        this.client.stream(request, { ...callOptions, signal }).passOn((piece) => {
          isBlank = false;
          emit(piece);
        });
      return this.withFallback(call, true, ask, () => isBlank);
    }, options.signal);
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

  private call(config: VariantConfig, input: LlmInput, options: GenerateOptions): ServiceCall {
    const deadline = options.deadline ?? this.defaults.deadline ?? defaultDeadline;
    const request = requestFor(this.settings(config), input);
    return { config, request, ends: performance.now() + deadline, signal: options.signal };
  }

  private async withFallback(call: ServiceCall, streamed: boolean, ask: Ask, mayFallBack: () => boolean) {
    const { request, config } = call;
    try {
      return await this.observed({ config, request, streamed }, ask, this.callOptions(call));
    } catch (error) {
      const { fallbackConfig } = request.settings;
      const remaining = call.ends - performance.now();
      const isOver = !(error instanceof LlmError) || error.kind === 'cancelled' || remaining <= 0;
      if (fallbackConfig === undefined || isOver || !mayFallBack()) throw error;
      const settings = parseVariantConfig(fallbackConfig, this.defaults.model);
      const context = { config, request: { ...request, settings }, streamed };
      return this.observed(context, ask, { ...this.callOptions(call), isFallback: true });
    }
  }

  private async observed(context: EventContext, ask: Ask, options: CallOptions): Promise<Generation> {
    try {
      const generation = await ask(context.request, options);
      this.finished(context, generation);
      return generation;
    } catch (error) {
      this.failed(context, error);
      throw error;
    }
  }

  private settings(config: VariantConfig): LlmSettings {
    const settings = parseVariantConfig(config, this.defaults.model);
    const { fallbackConfig } = settings;
    const other =
      fallbackConfig && this.client.faults(parseVariantConfig(fallbackConfig, this.defaults.model));
    const faults = [...this.client.faults(settings), ...within('/fallbackConfig', other ?? [])];
    if (faults.length > 0) throw refusedConfig(faults);
    return settings;
  }

  private callOptions({ ends, signal }: ServiceCall): CallOptions {
    const deadline = Math.max(0, ends - performance.now());
    return signal === undefined ? { deadline } : { deadline, signal };
  }

  private finished(context: EventContext, generation: Generation): void {
    this.announce({ ...context, outcome: 'finished', generation, error: null });
    const named = `${generation.provider} ${generation.requestedModel}`;
    for (const warning of generation.warnings) this.logger.debug(`${named}: ${warning}`);
    this.warnOfPrice(generation);
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

  /** Says once for each model that its price is not known; every answer of it says so too. */
  private warnOfPrice({ costUsd, usage, model }: Generation): void {
    const isCounted = usage.inputTokens !== null && usage.outputTokens !== null;
    if (costUsd !== null || !isCounted || this.unpriced.has(model) || this.unpriced.size >= mostUnpriced)
      return;
    this.unpriced.add(model);
    this.logger.warn(
      `No price is known for model ${model}: its costs are recorded as unknown. Name one in the file of ASSAY_PRICES.`,
    );
  }
}
