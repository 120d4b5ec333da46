import Anthropic, { APIConnectionError, APIError } from '@anthropic-ai/sdk';
import type { Fault } from '../../operations/assay-error.js';
import { readEvents } from '../event-reading.client.js';
import { describeError, plainFailure, TruncatedAnswer, type Failure } from '../failure.js';
import type { LlmRequest, LlmSettings } from '../llm-request.js';
import { NetworkClient, type Attempt, type NetworkClientOptions } from '../network.client.js';
import { retryAfter } from '../retry-delay.js';
import { noteEvent, noteMessage } from './anthropic-answer.js';
import { failureOf } from './anthropic-failure.js';
import { anthropicFaults } from './anthropic-parameters.js';
import { anthropicBody, anthropicHeaders } from './anthropic-request.js';

export interface AnthropicClientOptions extends NetworkClientOptions {
  readonly apiKey: string;
  /** @default Anthropic's own */
  readonly baseUrl?: string | undefined;
}

/**
 * Claude, over the official SDK.
 *
 * - The SDK's own retries are off. Ours are few, obey `retry-after`, fit into the deadline and are counted.
 * - An `error` event after status 200, a cut connection and a stream that ends early are failures, never short answers.
 */
export class AnthropicClient extends NetworkClient {
  readonly provider = 'anthropic';
  private readonly sdk: Anthropic;

  constructor(options: AnthropicClientOptions) {
    super(options);
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

  protected override sentConfig(settings: LlmSettings): object {
    return anthropicBody({ settings, messages: [] });
  }

  protected override async receiveWhole({ request, limits, meter }: Attempt): Promise<void> {
    const { data, request_id: requestId } = await this.sdk.messages
      .create(anthropicBody(request), transport(request, limits))
      .withResponse();
    meter.answeredBy(null, requestId ?? null);
    noteMessage(meter, data);
  }

  protected override async receiveStream(attempt: Attempt, emit: (piece: string) => void): Promise<void> {
    const { request, limits, meter } = attempt;
    const { data: stream, request_id: requestId } = await this.sdk.messages
      .create({ ...anthropicBody(request), stream: true }, transport(request, limits))
      .withResponse();
    attempt.answering = true;
    limits.connected();
    meter.answeredBy(null, requestId ?? null);
    const whole = await readEvents(stream, stream.controller, (event) => {
      const { piece, ended } = noteEvent(meter, event);
      limits.received(piece);
      if (piece !== '') emit(piece);
      return ended;
    });
    if (!whole) throw new TruncatedAnswer('The stream ended before its message_stop event');
  }

  protected override failureOf(error: unknown): Failure {
    if (error instanceof APIError && !(error instanceof APIConnectionError)) {
      const { status = null, headers, type, apiMessage } = error as APIError;
      const wait = retryAfter((header) => headers?.get(header) ?? null, this.clock.now());
      const message = apiMessage ?? describeError(error).message;
      return failureOf({ status, type, message, retryAfter: wait });
    }
    return plainFailure(error, error instanceof APIConnectionError);
  }
}

function transport(request: LlmRequest, { signal, remaining }: Attempt['limits']) {
  return {
    signal,
    headers: anthropicHeaders(request.settings),
    // Only a net: the limits' own signal, which also covers the body, comes first.
    timeout: Math.min(Math.ceil(remaining) + 1000, 2 ** 31 - 1),
  };
}
