import { setImmediate } from 'node:timers/promises';
import { ReplayQueue } from '../../../src/allocation/replay/replay-queue.js';

/** Whoever asks waits for the answer. */
const stays = new AbortController().signal;

/** Work that ends when it is told to. */
function work() {
  let resolve: (answer: string) => void = () => undefined;
  const promise = new Promise<string>((settle) => (resolve = settle));
  const state = { begun: 0 };
  return { state, resolve: (answer: string) => resolve(answer), run: () => ((state.begun += 1), promise) };
}

describe('replays that are asked for at once', () => {
  it('come one after the other, in their order', async () => {
    const queue = new ReplayQueue<string>();
    const [first, second] = [work(), work()];
    const answers = [queue.ask('first', first.run, stays), queue.ask('second', second.run, stays)];
    await setImmediate();
    expect([first.state.begun, second.state.begun]).toEqual([1, 0]);
    first.resolve('one');
    second.resolve('two');
    expect([await answers[0], await answers[1]]).toEqual(['one', 'two']);
  });

  it('are answered once where the question is the same, and anew when it is asked again later', async () => {
    const queue = new ReplayQueue<string>();
    const only = work();
    const answers = [queue.ask('same', only.run, stays), queue.ask('same', only.run, stays)];
    only.resolve('one');
    expect([await answers[0], await answers[1]]).toEqual(['one', 'one']);
    expect(only.state.begun).toBe(1);
    await queue.ask('same', only.run, stays);
    expect(only.state.begun).toBe(2);
  });

  it('are refused from the sixth on, and let in again once one is answered', async () => {
    const queue = new ReplayQueue<string>();
    const waiting = Array.from({ length: 5 }, work);
    const answers = waiting.map(({ run }, place) => queue.ask(`question ${place}`, run, stays));
    expect(queue.ask('one more', work().run, stays)).toBeNull();
    waiting[0]?.resolve('one');
    await answers[0];
    expect(queue.ask('one more', () => Promise.resolve('more'), stays)).not.toBeNull();
  });

  it('go on after one that failed', async () => {
    const queue = new ReplayQueue<string>();
    const failing = queue.ask('failing', () => Promise.reject(new Error('no log')), stays);
    const next = queue.ask('next', () => Promise.resolve('two'), stays);
    await expect(failing).rejects.toThrow('no log');
    expect(await next).toBe('two');
  });

  it('are stopped once all who asked have left, and make room', async () => {
    const queue = new ReplayQueue<string>();
    const [one, other] = [new AbortController(), new AbortController()];
    let stopped: AbortSignal | undefined;
    const endless = (signal: AbortSignal) => {
      stopped = signal;
      return new Promise<string>((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('stopped'))),
      );
    };
    const answers = [one, other].map(({ signal }) => queue.ask('same', endless, signal));
    const next = queue.ask('next', () => Promise.resolve('two'), stays);
    await setImmediate();
    one.abort();
    expect(stopped?.aborted).toBe(false);
    other.abort();
    await expect(answers[0]).rejects.toThrow('stopped');
    expect(await next).toBe('two');
  });

  it('do not begin for who left while they waited', async () => {
    const queue = new ReplayQueue<string>();
    const [first, second] = [work(), work()];
    const leaves = new AbortController();
    const begun = queue.ask('first', first.run, stays);
    const left = queue.ask('second', second.run, leaves.signal);
    leaves.abort();
    first.resolve('one');
    expect(await begun).toBe('one');
    await expect(left).rejects.toThrow('aborted');
    expect(second.state.begun).toBe(0);
  });
});
