import type OpenAI from 'openai';
import type { APIError } from 'openai';
import { AssayError, type Fault } from '../../operations/assay-error.js';
import { readEvents } from '../event-reading.client.js';
import { describeError, plainFailure, TruncatedAnswer, type Failure } from '../failure.js';
import type { LlmSettings } from '../llm-request.js';
import { NetworkClient, type Attempt, type NetworkClientOptions } from '../network.client.js';
import { retryAfter } from '../retry-delay.js';
import { noteChunk, noteCompletion } from './openai-answer.js';
import { failureOf } from './openai-failure.js';
import { openaiFaults } from './openai-parameters.js';
import { openaiBody } from './openai-request.js';

export interface OpenaiClientOptions extends NetworkClientOptions {
  /** Endpoints of one's own often want none. */
  readonly apiKey?: string | undefined;
  /** @default OpenAI's own */
  readonly baseUrl?: string | undefined;
}

type Sdk = typeof import('openai');

/**
 * OpenAI, and whoever else speaks Chat Completions, over the official SDK. The SDK is an optional peer of this package,
 * loaded when the first client is made.
 *
 * - The SDK's own retries are off. Ours are few, obey `retry-after`, fit into the deadline and are counted.
 * - An `error` after status 200, a cut connection and a stream that ends early are failures, never short answers.
 */
export class OpenaiClient extends NetworkClient {
  readonly provider = 'openai';

  private constructor(
    private readonly sdk: OpenAI,
    private readonly errors: Pick<Sdk, 'APIError' | 'APIConnectionError'>,
    private readonly isOfficial: boolean,
    options: OpenaiClientOptions,
  ) {
    super(options);
  }

  /** Throws `INVALID_CONFIGURATION` when the SDK is not installed. */
  static async create(options: OpenaiClientOptions): Promise<OpenaiClient> {
    const { OpenAI: Client, APIError: Answered, APIConnectionError } = await load();
    const sdk = new Client({
      // The SDK insists on a key; an endpoint that wants none does not look at it.
      apiKey: options.apiKey ?? 'none',
      baseURL: options.baseUrl ?? null,
      organization: null,
      project: null,
      maxRetries: 0,
      // The SDK's log can contain prompts and answers.
      logLevel: 'off',
    });
    const isOfficial = /(^|\.)openai\.com$/.test(new URL(sdk.baseURL).hostname);
    return new OpenaiClient(sdk, { APIError: Answered, APIConnectionError }, isOfficial, options);
  }

  faults(settings: LlmSettings): readonly Fault[] {
    return openaiFaults(settings, this.isOfficial);
  }

  protected override sentConfig(settings: LlmSettings): object {
    return openaiBody({ settings, messages: [] }, this.isOfficial);
  }

  protected override async receiveWhole({ request, limits, meter }: Attempt): Promise<void> {
    const { data, request_id: requestId } = await this.sdk.chat.completions
      .create(openaiBody(request, this.isOfficial), transport(limits))
      .withResponse();
    meter.answeredBy(null, requestId ?? null);
    noteCompletion(meter, data);
  }

  protected override async receiveStream(attempt: Attempt, emit: (piece: string) => void): Promise<void> {
    const { request, limits, meter } = attempt;
    const body = { ...openaiBody(request, this.isOfficial), stream_options: { include_usage: true } };
    const { data: stream, request_id: requestId } = await this.sdk.chat.completions
      .create({ ...body, stream: true }, transport(limits))
      .withResponse();
    attempt.answering = true;
    limits.connected();
    meter.answeredBy(null, requestId ?? null);
    let hasStopped = false;
    let isCounted = false;
    await readEvents(stream, stream.controller, (event) => {
      const { piece, stopped, counted } = noteChunk(meter, event);
      hasStopped ||= stopped;
      isCounted ||= counted;
      limits.received(piece);
      if (piece !== '') emit(piece);
      return hasStopped && isCounted;
    });
    if (!hasStopped) throw new TruncatedAnswer('The stream ended before it told why the model stopped');
  }

  protected override failureOf(error: unknown): Failure {
    const { APIError: Answered, APIConnectionError } = this.errors;
    if (error instanceof Answered && !(error instanceof APIConnectionError)) {
      const { status = null, headers, type = null, code = null } = error as APIError;
      const wait = retryAfter((header) => headers?.get(header) ?? null, this.clock.now());
      return failureOf({ status, type, code, message: describeError(error).message, retryAfter: wait });
    }
    return plainFailure(error, error instanceof APIConnectionError);
  }
}

async function load(): Promise<Sdk> {
  try {
    return await import('openai');
  } catch (cause) {
    const message =
      'OPENAI_API_KEY or OPENAI_BASE_URL is set, but the package openai cannot be loaded; install it with: npm install openai';
    throw new AssayError('INVALID_CONFIGURATION', message, [], { cause });
  }
}

function transport({ signal, remaining }: Attempt['limits']) {
  // Only a net: the limits' own signal, which also covers the body, comes first.
  return { signal, timeout: Math.min(Math.ceil(remaining) + 1000, 2 ** 31 - 1) };
}
