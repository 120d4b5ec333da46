import { beatText, changeText, type LiveDatabase } from './live-event.js';

/** What of an HTTP answer is used here. */
export interface LiveSink {
  /** More has been written than was taken. */
  readonly writableNeedDrain: boolean;
  /** The connection. An answer that waits behind another one on it is not told when it closes. */
  readonly req: { readonly socket: { readonly destroyed: boolean } };
  write(text: string): unknown;
  end(): unknown;
  destroy(): unknown;
  on(event: 'drain' | 'close', listener: () => void): unknown;
}

/** More changes than that are told as one: anything may have changed. */
const mostKeys = 100;
/** A reader that takes nothing for so many beats is not there any more. */
const mostBeatsWaiting = 30;

/**
 * One who listens. Nothing piles up for a reader that is slower than what happens: it gets the latest beat alone, and every
 * change once.
 */
export class LiveReader {
  private beatWaiting: LiveDatabase | null = null;
  private readonly changed = new Set<string>();
  private anythingChanged = false;
  private beatsWaiting = 0;
  private hasEnded = false;
  private wasCut = false;

  /** @param mayListen throws, or rejects, once the reader may not listen any longer */
  constructor(
    private readonly sink: LiveSink,
    readonly mayListen: () => void | Promise<void>,
  ) {
    sink.on('drain', () => this.flush());
  }

  /** Whether nothing can reach it any more. */
  get isGone(): boolean {
    return this.wasCut;
  }

  beat(database: LiveDatabase): void {
    if (this.hasEnded || this.sink.req.socket.destroyed) return this.cut();
    this.beatWaiting = database;
    this.flush();
    this.beatsWaiting = this.beatWaiting === null ? 0 : this.beatsWaiting + 1;
    if (this.beatsWaiting >= mostBeatsWaiting) this.cut();
  }

  /** @param experiment null for anything */
  change(experiment: string | null): void {
    if (experiment === null || this.changed.size >= mostKeys) this.anythingChanged = true;
    else this.changed.add(experiment);
    this.flush();
  }

  /** The stream is over, as soon as the rest was taken, with the next beat at the latest. */
  end(): void {
    this.hasEnded = true;
    this.sink.end();
  }

  /** The stream is over, whatever was taken. */
  cut(): void {
    this.hasEnded = true;
    this.wasCut = true;
    this.sink.destroy();
  }

  private flush(): void {
    // Whatever is written after the end is an error that nobody catches.
    if (this.hasEnded || this.sink.writableNeedDrain) return;
    const changes = this.anythingChanged ? [null] : [...this.changed];
    const beat = this.beatWaiting === null ? '' : beatText(this.beatWaiting);
    const text = beat + changes.map(changeText).join('');
    if (text === '') return;
    this.beatWaiting = null;
    this.anythingChanged = false;
    this.changed.clear();
    this.sink.write(text);
  }
}
