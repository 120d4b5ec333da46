import type { Assignment, UnitAttributes } from './assignment.js';
import { KnownUnits } from './known-units.js';
import type { HashedUnit } from './unit-hash.js';

/** A first exposure as the process holds it. */
export interface HeldExposure {
  readonly assignment: Assignment;
  readonly unitId: string;
  /** Milliseconds since 1970. */
  readonly exposedAt: number;
  readonly attributes: UnitAttributes | null;
}

const firstSize = 1_024;
/** Above any size, and far enough below 2^31. */
const lastNumber = 2 ** 30;

/**
 * First exposures in the order in which they came: those that wait to be written, and before them those that are known.
 *
 * A ring of columns with two indexes, so that to take an exposure, or to see that it is known, allocates nothing.
 * A place is used again only once its exposure is committed; until then it is known.
 * Exposures are numbered from 1; each index links an exposure to the one before it in the same bucket, and a chain ends
 * where the numbers have left the ring. A **track** is one phase of one experiment.
 */
export class ExposureBuffer {
  private size = 0;
  private oldest = 1;
  private unwritten = 1;
  private next = 1;

  private unitIds: string[] = [];
  private assignments: Assignment[] = [];
  private attributes: (UnitAttributes | null)[] = [];
  private times = new Float64Array(0);
  private hashes = new Int32Array(0);
  private tracks = new Int32Array(0);
  private olderOfUnit = new Int32Array(0);
  private olderOfPair = new Int32Array(0);
  private newestOfUnit = new Int32Array(0);
  private newestOfPair = new Int32Array(0);

  /** By track, the pass in which the unit was last found in it. */
  private marks = new Float64Array(64);
  private mark = 0;
  private readonly known = new KnownUnits();
  private knownTracks = new Int32Array(0);

  /** @param capacity exposures that it holds at most, a power of two */
  constructor(private readonly capacity: number) {
    this.resize(Math.min(firstSize, capacity));
  }

  /** Exposures that wait to be written. */
  get waiting(): number {
    return this.next - this.unwritten;
  }

  /** Whether that exposure is held. */
  has(unit: HashedUnit, track: number): boolean {
    return this.numberOf(unit, track) !== 0;
  }

  find(unit: HashedUnit, track: number): HeldExposure | undefined {
    const number = this.numberOf(unit, track);
    return number === 0 ? undefined : this.read(number & (this.size - 1));
  }

  /** The same, but only while it waits to be written. */
  findWaiting(unit: HashedUnit, track: number): HeldExposure | undefined {
    const number = this.numberOf(unit, track);
    return number < this.unwritten ? undefined : this.read(number & (this.size - 1));
  }

  /**
   * Whether the unit is held in all of these tracks: one pass over the unit's exposures for any number of them, and none
   * for a unit that was found before in the same list, until one of its exposures gives up its place.
   */
  hasAll(unit: HashedUnit, tracks: Int32Array<ArrayBuffer>): boolean {
    if (tracks !== this.knownTracks) this.forgetKnown(tracks);
    if (this.known.has(unit, this.oldest)) return true;
    this.mark += 1;
    const oldestNumber = this.markTracksOf(unit);
    const { marks, mark } = this;
    for (const track of tracks) if (marks[track] !== mark) return false;
    this.known.add(unit, oldestNumber);
    return true;
  }

  /** Takes an exposure that is not held yet; false when all places are taken by exposures that wait. */
  add(
    unit: HashedUnit,
    track: number,
    assignment: Assignment,
    exposedAt: number,
    attributes: UnitAttributes | null,
  ): boolean {
    if (!this.makeRoom()) return false;
    const place = this.next & (this.size - 1);
    this.unitIds[place] = unit.id;
    this.assignments[place] = assignment;
    this.attributes[place] = attributes;
    this.times[place] = exposedAt;
    this.hashes[place] = unit.first;
    this.tracks[place] = track;
    this.link(this.next);
    this.next += 1;
    if (track >= this.marks.length) this.marks = widened(this.marks, track);
    return true;
  }

  /** The exposures that have waited longest, after the first `passed` of them. */
  longestWaiting(limit: number, passed = 0): HeldExposure[] {
    const mask = this.size - 1;
    return Array.from({ length: Math.min(limit, this.waiting - passed) }, (_, index) =>
      this.read((this.unwritten + passed + index) & mask),
    );
  }

  /** The exposures that have waited longest, that many, are committed: they stay known until their places are needed. */
  commit(count: number): void {
    this.unwritten += count;
  }

  private forgetKnown(tracks: Int32Array<ArrayBuffer>): void {
    this.knownTracks = tracks;
    this.known.clear();
  }

  /** The number of the unit's oldest exposure. */
  private markTracksOf(unit: HashedUnit): number {
    let oldestNumber = lastNumber;
    const { unitIds, hashes, tracks, marks, mark, olderOfUnit, oldest } = this;
    const mask = this.size - 1;
    for (let number = this.newestOfUnit[bucketOfUnit(unit.first) & mask]!; number >= oldest;) {
      const place = number & mask;
      if (hashes[place] === unit.first && unitIds[place] === unit.id) {
        marks[tracks[place]!] = mark;
        oldestNumber = number;
      }
      number = olderOfUnit[place]!;
    }
    return oldestNumber;
  }

  /** 0 for an exposure that is not held. */
  private numberOf(unit: HashedUnit, track: number): number {
    const { unitIds, hashes, tracks, olderOfPair, oldest } = this;
    const mask = this.size - 1;
    for (let number = this.newestOfPair[bucketOfPair(unit.first, track) & mask]!; number >= oldest;) {
      const place = number & mask;
      if (hashes[place] === unit.first && tracks[place] === track && unitIds[place] === unit.id)
        return number;
      number = olderOfPair[place]!;
    }
    return 0;
  }

  private read(place: number): HeldExposure {
    return {
      assignment: this.assignments[place]!,
      unitId: this.unitIds[place]!,
      exposedAt: this.times[place]!,
      attributes: this.attributes[place]!,
    };
  }

  private makeRoom(): boolean {
    if (this.next === lastNumber) this.resize(this.size);
    if (this.next - this.oldest < this.size) return true;
    if (this.size < this.capacity) this.resize(this.size * 2);
    else if (this.unwritten === this.oldest) return false;
    else this.oldest += 1;
    return true;
  }

  private link(number: number): void {
    const mask = this.size - 1;
    const place = number & mask;
    const hash = this.hashes[place]!;
    const ofUnit = bucketOfUnit(hash) & mask;
    const ofPair = bucketOfPair(hash, this.tracks[place]!) & mask;
    this.olderOfUnit[place] = this.newestOfUnit[ofUnit]!;
    this.olderOfPair[place] = this.newestOfPair[ofPair]!;
    this.newestOfUnit[ofUnit] = number;
    this.newestOfPair[ofPair] = number;
  }

  /** Moves all that is held into columns of that size, numbered from 1 again. */
  private resize(size: number): void {
    const mask = this.size - 1;
    const held = this.next - this.oldest;
    const from = (index: number) => (this.oldest + index - 1) & mask;
    const moved = <Column extends { [place: number]: Item }, Item>(
      column: Column,
      target: Column,
    ): Column => {
      for (let number = 1; number <= held; number++) target[number & (size - 1)] = column[from(number)]!;
      return target;
    };
    this.unitIds = moved(this.unitIds, new Array<string>(size).fill(''));
    this.assignments = moved(this.assignments, new Array<Assignment>(size));
    this.attributes = moved(this.attributes, new Array<UnitAttributes | null>(size).fill(null));
    this.times = moved(this.times, new Float64Array(size));
    this.hashes = moved(this.hashes, new Int32Array(size));
    this.tracks = moved(this.tracks, new Int32Array(size));
    this.forgetKnown(this.knownTracks);
    this.unwritten -= this.oldest - 1;
    this.next = held + 1;
    this.oldest = 1;
    this.size = size;
    this.olderOfUnit = new Int32Array(size);
    this.olderOfPair = new Int32Array(size);
    this.newestOfUnit = new Int32Array(size);
    this.newestOfPair = new Int32Array(size);
    for (let number = 1; number <= held; number++) this.link(number);
  }
}

/** 32-bit multiplication, bound once: see `murmur3.ts`. */
const { imul } = Math;

function bucketOfUnit(hash: number): number {
  return hash ^ (hash >>> 15);
}

function bucketOfPair(hash: number, track: number): number {
  return bucketOfUnit(imul(hash ^ imul(track, 0x9e3779b1), 0x85ebca6b));
}

function widened(marks: Float64Array, track: number) {
  const wider = new Float64Array(Math.max(track + 1, marks.length * 2));
  wider.set(marks);
  return wider;
}
