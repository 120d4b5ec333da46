import { GenerationStream } from '../../src/llm/generation-stream.js';
import type { Generation } from '../../src/llm/generation.js';
import { aGeneration } from './generation.fixture.js';

/** A call that the test drives by hand. */
class ManualCall {
  emit: (piece: string) => void = () => undefined;
  finish: (generation: Generation) => void = () => undefined;
  fail: (error: Error) => void = () => undefined;
  signal: AbortSignal = new AbortController().signal;

  readonly run = (emit: (piece: string) => void, signal: AbortSignal): Promise<Generation> => {
    this.emit = emit;
    this.signal = signal;
    return new Promise((resolve, reject) => {
      this.finish = resolve;
      this.fail = reject;
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  };
}

async function read(stream: GenerationStream, pieces: string[] = []): Promise<string[]> {
  for await (const piece of stream) pieces.push(piece);
  return pieces;
}

let call: ManualCall;
let stream: GenerationStream;

beforeEach(() => {
  call = new ManualCall();
  stream = new GenerationStream(call.run);
});

it('hands out the pieces in order, those from before the reader came included, and then the record', async () => {
  call.emit('a');
  const reading = read(stream);
  call.emit('b');
  await Promise.resolve();
  call.emit('c');
  call.finish(aGeneration());
  await expect(reading).resolves.toEqual(['a', 'b', 'c']);
  await expect(stream.finished).resolves.toEqual(aGeneration());
});

it('shows every reader all pieces, even after the end', async () => {
  const early = read(stream);
  call.emit('a');
  call.finish(aGeneration());
  await expect(early).resolves.toEqual(['a']);
  await expect(read(stream)).resolves.toEqual(['a']);
});

it('throws a failure to the reader after the pieces that came before it', async () => {
  const pieces: string[] = [];
  call.emit('a');
  call.fail(new Error('broken'));
  await expect(read(stream, pieces)).rejects.toThrow('broken');
  expect(pieces).toEqual(['a']);
});

it('leaves no unhandled rejection when nobody reads', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  call.fail(new Error('broken'));
  await new Promise(setImmediate);
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

it('aborts the call when the reader leaves the loop', async () => {
  call.emit('a');
  for await (const piece of stream) if (piece === 'a') break;
  expect(call.signal.aborted).toBe(true);
});

it('aborts the call at once although a piece is being awaited', async () => {
  const iterator = stream[Symbol.asyncIterator]();
  const awaited = iterator.next();
  await iterator.return?.();
  expect(call.signal.aborted).toBe(true);
  await expect(awaited).resolves.toEqual({ done: true, value: undefined });
});

it('does not abort a call that was read to its end', async () => {
  call.emit('a');
  call.finish(aGeneration());
  await read(stream);
  expect(call.signal.aborted).toBe(false);
});

it('aborts the call by the outer signal, also one aborted before', async () => {
  const controller = new AbortController();
  const live = new GenerationStream(call.run, controller.signal);
  controller.abort();
  expect(call.signal.aborted).toBe(true);
  await expect(live.finished).rejects.toThrow('aborted');

  const late = new ManualCall();
  const dead = new GenerationStream(late.run, AbortSignal.abort());
  expect(late.signal.aborted).toBe(true);
  late.fail(new Error('never begun'));
  await expect(dead.finished).rejects.toThrow('never begun');
});
