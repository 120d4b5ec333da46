/** Something that takes memory. */
interface Sized {
  /** Characters of text that it keeps in memory. */
  readonly characters: number;
}

export interface BufferBounds {
  readonly entries: number;
  readonly characters: number;
}

/**
 * What waits to be written, in order, bounded in number and in size. What is being written counts until it is released.
 *
 * @example buffer.add(entry) || countAsDropped(entry)
 */
export class GenerationBuffer<Entry extends Sized> {
  private readonly waitingEntries: Entry[] = [];
  private held = 0;
  private heldCharacters = 0;

  constructor(private readonly bounds: BufferBounds) {}

  /** Entries that are not written yet, those being written included. */
  get size(): number {
    return this.held;
  }

  /** False, nothing being taken, when it is full. One entry always finds room, however large. */
  add(entry: Entry): boolean {
    const isFull =
      this.held >= this.bounds.entries || this.heldCharacters + entry.characters > this.bounds.characters;
    if (isFull && this.held > 0) return false;
    this.waitingEntries.push(entry);
    this.held += 1;
    this.heldCharacters += entry.characters;
    return true;
  }

  /** The oldest that nobody writes yet: as many as these bounds allow, and one at least if there is one. */
  take({ entries, characters }: BufferBounds): Entry[] {
    let size = 0;
    let count = 0;
    for (const entry of this.waitingEntries) {
      size += entry.characters;
      if (count > 0 && (count >= entries || size > characters)) break;
      count += 1;
    }
    return this.waitingEntries.splice(0, count);
  }

  /** These are written, or given up. */
  release(entries: readonly Entry[]): void {
    this.held -= entries.length;
    this.heldCharacters -= entries.reduce((sum, entry) => sum + entry.characters, 0);
  }
}
