import type { Generation } from './generation.js';
import { GenerationStream } from './generation-stream.js';
import { LlmClient, type CallOptions } from './llm-client.js';
import type { LlmRequest } from './llm-request.js';

/** Takes each piece of text; `null` when the answer is wanted whole. */
export type Emit = ((piece: string) => void) | null;

/** A client that asks a model itself, in one way for whole and for streamed answers. */
export abstract class DirectClient extends LlmClient {
  /** The complete answer; its pieces go to `emit` as they come. */
  protected abstract run(request: LlmRequest, options: CallOptions, emit: Emit): Promise<Generation>;

  generate(request: LlmRequest, options: CallOptions): Promise<Generation> {
    return this.run(request, options, null);
  }

  stream(request: LlmRequest, options: CallOptions): GenerationStream {
    return new GenerationStream(
      (emit, signal) => this.run(request, { ...options, signal }, emit),
      options.signal,
    );
  }
}
