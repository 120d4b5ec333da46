import Anthropic, { APIConnectionError, APIError } from '@anthropic-ai/sdk';
import type { Fault } from '../../operations/assay-error.js';
import { SystemClock, type Clock } from '../../operations/clock.js';
import { CallLimits } from '../call-limits.client.js';
import { GenerationMeter } from '../generation-meter.js';
import { GenerationStream } from '../generation-stream.js';
import type { Generation } from '../generation.js';
import { LlmClient, type CallOptions } from '../llm-client.js';
import { LlmError } from '../llm-error.js';
import type { LlmRequest, LlmSettings } from '../llm-request.js';
import { defaultRetryPolicy, retryAfter, retryDelay, type RetryPolicy } from '../retry-delay.js';
import { MalformedAnswer, noteEvent, noteMessage } from './anthropic-answer.js';
import { failureOf, type Failure } from './anthropic-failure.js';
import { anthropicFaults } from './anthropic-parameters.js';
import { anthropicBody, anthropicHeaders } from './anthropic-request.js';

export interface AnthropicClientOptions {
  readonly apiKey: string;
  /** @default Anthropic's own */
  readonly baseUrl?: string | undefined;
  /** @default 3 requests in all, pauses from half a second, doubling */
  readonly retry?: RetryPolicy | undefined;
  readonly clock?: Clock | undefined;
  /** Between 0 and 1, for the jitter of pauses. @default Math.random */
  readonly random?: (() => number) | undefined;
}

/** One call under way. */
interface Call {
  readonly request: LlmRequest;
  readonly limits: CallLimits;
  readonly meter: GenerationMeter;
  /** Takes each piece of text; `null` when the answer is wanted whole. */
  readonly emit: ((piece: string) => void) | null;
  /** Whether a stream has begun to answer: from then on nothing is tried again. */
  answering: boolean;
}

/**
 * Claude, over the official SDK.
 *
 * - The SDK's own retries are off. Ours are few, obey `retry-after`, fit into the deadline and are counted.
 * - An `error` event after status 200, a cut connection and a stream that ends early are failures, never short answers.
 */
export class AnthropicClient extends LlmClient {
  readonly provider = 'anthropic';
  private readonly sdk: Anthropic;
  private readonly retry: RetryPolicy;
  private readonly clock: Clock;
  private readonly random: () => number;

  constructor(options: AnthropicClientOptions) {
    super();
    this.retry = options.retry ?? defaultRetryPolicy;
    this.clock = options.clock ?? new SystemClock();
    this.random = options.random ?? Math.random;
    this.sdk = new Anthropic({
      apiKey: options.apiKey,
      baseURL: options.baseUrl,
      maxRetries: 0,
      // The SDK's log can contain prompts and answers.
      logLevel: 'off',
    });
  }

  faults(settings: LlmSettings): readonly Fault[] {
    return anthropicFaults(settings);
  }

  generate(request: LlmRequest, options: CallOptions): Promise<Generation> {
    return this.run(request, options, null);
  }

  stream(request: LlmRequest, options: CallOptions): GenerationStream {
    return new GenerationStream(
      (emit, signal) => this.run(request, { ...options, signal }, emit),
      options.signal,
    );
  }

  private async run(request: LlmRequest, options: CallOptions, emit: Call['emit']): Promise<Generation> {
    const subject = {
      provider: this.provider,
      requestedModel: request.settings.model,
      streamed: emit !== null,
      startedAt: this.clock.now(),
    } as const;
    const meter = new GenerationMeter(subject, () => performance.now());
    const call: Call = { request, limits: new CallLimits(options), meter, emit, answering: false };
    try {
      for (;;) {
        const failure = await this.attempt(call);
        if (failure === null) return meter.complete();
        const final = await this.pauseAfter(call, failure);
        if (final !== null) throw this.errorOf(call, final);
      }
    } finally {
      call.limits.release();
    }
  }

  /** One request; `null` when it brought a usable answer. */
  private async attempt(call: Call): Promise<Failure | null> {
    try {
      if (call.limits.reached === null) {
        call.meter.attempt();
        await (call.emit === null ? this.receiveWhole(call) : this.receiveStream(call, call.emit));
      }
      return limitFailure(call) ?? answerFailure(call.meter);
    } catch (error) {
      return limitFailure(call) ?? { ...this.failureOf(error), ...(call.answering && { repeatable: false }) };
    }
  }

  private async receiveWhole({ request, limits, meter }: Call): Promise<void> {
    const { data, request_id: requestId } = await this.sdk.messages
      .create(anthropicBody(request), this.transport(request, limits))
      .withResponse();
    meter.answeredBy(null, requestId ?? null);
    noteMessage(meter, data);
  }

  private async receiveStream(call: Call, emit: (piece: string) => void): Promise<void> {
    const { request, limits, meter } = call;
    const { data: events, request_id: requestId } = await this.sdk.messages
      .create({ ...anthropicBody(request), stream: true }, this.transport(request, limits))
      .withResponse();
    call.answering = true;
    meter.answeredBy(null, requestId ?? null);
    for await (const event of events) {
      const { piece, ended } = noteEvent(meter, event);
      if (piece !== '') emit(piece);
      if (ended) return;
    }
    throw new MalformedAnswer('The stream ended before its message_stop event');
  }

  private transport(request: LlmRequest, limits: CallLimits) {
    return {
      signal: limits.signal,
      headers: anthropicHeaders(request.settings),
      // Only a net: the limits' own signal, which also covers the body, comes first.
      timeout: Math.min(Math.ceil(limits.remaining) + 1000, 2 ** 31 - 1),
    };
  }

  /** Waits until the next attempt may begin; the failure to report when there will be none. */
  private async pauseAfter(call: Call, failure: Failure): Promise<Failure | null> {
    const { limits, meter } = call;
    if (!failure.repeatable) return failure;
    const failed = { attempts: meter.attempts, retryAfter: failure.retryAfter, remaining: limits.remaining };
    const pause = retryDelay(this.retry, failed, this.random());
    if (pause === null) return failure;
    meter.warn(
      `Attempt ${meter.attempts} failed (${failure.kind}); waited ${Math.round(pause)} ms for the next.`,
    );
    await limits.pause(pause);
    return limitFailure(call);
  }

  private failureOf(error: unknown): Failure {
    // By name, not by class: errors of fetch and of JSON may come from another realm (as in a test runner).
    const { name, message } = describe(error);
    const plain = { message, status: null, retryAfter: null };
    if (error instanceof APIError && !(error instanceof APIConnectionError)) {
      const { status = null, headers, type, apiMessage } = error as APIError;
      const wait = retryAfter((header) => headers?.get(header) ?? null, this.clock.now());
      return failureOf({ status, type, message: apiMessage ?? message, retryAfter: wait });
    }
    if (name === 'MalformedAnswer' || name === 'SyntaxError') {
      return { ...plain, kind: 'malformed', repeatable: false };
    }
    if (error instanceof APIConnectionError || name === 'TypeError') {
      return { ...plain, kind: 'unreachable', repeatable: true };
    }
    return { ...plain, kind: 'failed', repeatable: false };
  }

  private errorOf(call: Call, failure: Failure): LlmError {
    const generation = call.meter.interrupted();
    const tries = generation.attempts === 1 ? '1 attempt' : `${generation.attempts} attempts`;
    const message = `No answer from ${this.provider} model ${generation.requestedModel} after ${tries} (${failure.kind}): ${failure.message}`;
    return new LlmError(message, {
      kind: failure.kind,
      provider: this.provider,
      status: failure.status,
      generation,
    });
  }
}

function limitFailure({ limits }: Call): Failure | null {
  if (limits.reached === null) return null;
  const message = limits.reached === 'cancelled' ? 'the caller left' : 'the deadline has passed';
  return { kind: limits.reached, message, status: null, retryAfter: null, repeatable: false };
}

function answerFailure(meter: GenerationMeter): Failure | null {
  const reason = meter.reasonStopped ?? 'no reason given';
  const plain = { status: 200, retryAfter: null, repeatable: false };
  if (reason === 'refusal') return { ...plain, kind: 'refused', message: 'the model declined to answer' };
  if (meter.hasText) return null;
  return { ...plain, kind: 'empty', message: `the answer has no text (stopped: ${reason})` };
}

/** The name of an error and its message with those of its causes: fetch tells what happened only in the innermost one. */
function describe(error: unknown): { name: string; message: string } {
  if (typeof error !== 'object' || error === null) return { name: '', message: String(error) };
  const { name = '', message = '', cause } = error as Partial<Error>;
  const inner = cause === undefined ? '' : describe(cause).message;
  return { name, message: inner === '' ? message : `${message}: ${inner}` };
}
