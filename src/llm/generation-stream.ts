import type { Generation } from './generation.js';

/** Produces an answer, handing out each piece of text as it comes, until the signal aborts it. */
export type StreamedCall = (emit: (piece: string) => void, signal: AbortSignal) => Promise<Generation>;

/**
 * An answer in pieces, and the record of it once it has ended.
 *
 * - The call begins at once and does not wait for its reader, so its timings are the model's, not the reader's.
 * - Leaving a `for await` loop, `cancel()` and the outer signal each abort the call at once, even while a piece is awaited.
 * - A failure is thrown to the reader after the pieces that came before it, and rejects `finished`.
 *
 * @example
 * const stream = llm.stream(variant.config, text);
 * for await (const piece of stream) reply.write(piece);
 * const generation = await stream.finished;
 */
export class GenerationStream implements AsyncIterable<string> {
  /** The record of the whole generation; rejects with `LlmError`. Need not be awaited. */
  readonly finished: Promise<Generation>;

  private readonly pieces: string[] = [];
  private readonly readers = new Set<() => void>();
  private readonly listeners: ((piece: string) => void)[] = [];
  private readonly controller = new AbortController();
  private settled = false;

  constructor(call: StreamedCall, outer?: AbortSignal) {
    const abort = () => this.cancel();
    if (outer?.aborted) abort();
    else outer?.addEventListener('abort', abort, { once: true });
    this.finished = call((piece) => this.emit(piece), this.controller.signal).finally(() => {
      outer?.removeEventListener('abort', abort);
      this.settled = true;
      this.wake();
    });
    // A reader of the pieces alone must not bring the process down by an unhandled rejection.
    this.finished.catch(() => undefined);
  }

  /** Stops the call; `finished` then rejects with kind `cancelled`. Without effect once it has ended. */
  cancel(): void {
    this.controller.abort();
  }

  /** Hands each piece on in the very moment it comes, those that came before at once; resolves and rejects as `finished`. */
  passOn(listener: (piece: string) => void): Promise<Generation> {
    for (const piece of this.pieces) listener(piece);
    this.listeners.push(listener);
    return this.finished;
  }

  [Symbol.asyncIterator](): AsyncIterator<string, void> {
    let position = 0;
    let left = false;
    const next = async (): Promise<IteratorResult<string, void>> => {
      for (;;) {
        if (left) return { done: true, value: undefined };
        const piece = this.pieces[position];
        if (piece !== undefined) {
          position += 1;
          return { done: false, value: piece };
        }
        if (this.settled) {
          await this.finished;
          return { done: true, value: undefined };
        }
        await this.change();
      }
    };
    const leave = (): Promise<IteratorResult<string, void>> => {
      left = true;
      this.cancel();
      this.wake();
      return Promise.resolve({ done: true, value: undefined });
    };
    return { next, return: leave };
  }

  private emit(piece: string): void {
    this.pieces.push(piece);
    for (const listener of this.listeners) listener(piece);
    this.wake();
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.readers.add(resolve));
  }

  private wake(): void {
    if (this.readers.size === 0) return;
    const readers = [...this.readers];
    this.readers.clear();
    for (const resolve of readers) resolve();
  }
}
