import { LiveReader } from '../../../src/dashboard/live/live-reader.js';

/** An answer whose reader can be slow. */
class MemorySink {
  writableNeedDrain = false;
  written: string[] = [];
  isEnded = false;
  isDestroyed = false;
  req = { socket: { destroyed: false } };
  private readonly listeners = new Map<string, () => void>();

  write(text: string): void {
    this.written.push(text);
  }
  end(): void {
    this.isEnded = true;
  }
  destroy(): void {
    this.isDestroyed = true;
  }
  on(event: string, listener: () => void): void {
    this.listeners.set(event, listener);
  }
  drain(): void {
    this.writableNeedDrain = false;
    this.listeners.get('drain')?.();
  }
}

const ready = 'event: beat\ndata: {"database":"ready"}\n\n';
const away = 'event: beat\ndata: {"database":"away"}\n\n';
const changed = (key: string | null) => `event: change\ndata: ${JSON.stringify({ experiment: key })}\n\n`;

describe('a reader of the live stream', () => {
  let sink: MemorySink;
  let reader: LiveReader;
  beforeEach(() => {
    sink = new MemorySink();
    reader = new LiveReader(sink, () => undefined);
  });

  it('is told at once, in the form of server-sent events', () => {
    reader.beat('ready');
    reader.change('exp_a');
    reader.change(null);
    expect(sink.written).toEqual([ready, changed('exp_a'), changed(null)]);
  });

  it('gets one beat, the latest, and each change once, when it was slow', () => {
    sink.writableNeedDrain = true;
    for (let second = 0; second < 20; second += 1) reader.beat('ready');
    reader.beat('away');
    for (const key of ['exp_a', 'exp_b', 'exp_a']) reader.change(key);
    expect(sink.written).toEqual([]);
    sink.drain();
    expect(sink.written).toEqual([away + changed('exp_a') + changed('exp_b')]);
  });

  it('is told that anything changed, instead of an endless list', () => {
    sink.writableNeedDrain = true;
    for (let number = 0; number < 5_000; number += 1) reader.change(`exp_${number}`);
    sink.drain();
    expect(sink.written).toEqual([changed(null)]);
  });

  it('is cut off when it takes nothing for half a minute, and not when it was slow in between', () => {
    for (let round = 0; round < 5; round += 1) {
      sink.writableNeedDrain = true;
      for (let second = 0; second < 29; second += 1) reader.beat('ready');
      sink.drain();
      reader.beat('ready');
    }
    expect(sink.isDestroyed).toBe(false);
    sink.writableNeedDrain = true;
    for (let second = 0; second < 30; second += 1) reader.beat('ready');
    expect(sink.isDestroyed).toBe(true);
  });

  it('is written nothing after its end, which Node would take for a fault of the server, and is gone a beat later', () => {
    reader.beat('ready');
    sink.writableNeedDrain = true;
    reader.change('exp_a');
    reader.end();
    // What has ended needs no draining, says Node.
    sink.drain();
    reader.change('exp_b');
    expect([sink.written, sink.isEnded, sink.isDestroyed, reader.isGone]).toEqual([
      [ready],
      true,
      false,
      false,
    ]);
    reader.beat('ready');
    expect([sink.written, sink.isDestroyed, reader.isGone]).toEqual([[ready], true, true]);
  });

  it('is gone when its connection is, also where its answer was still waiting for another one', () => {
    sink.req.socket.destroyed = true;
    reader.beat('ready');
    expect([sink.written, sink.isDestroyed, reader.isGone]).toEqual([[], true, true]);
  });
});
