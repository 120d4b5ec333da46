import { constants } from 'node:fs';
import { appendFile, open, readdir, readFile, rm, type FileHandle } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DirectoryLock } from '../../database/embedded/directory.lock.js';
import { syncDirectory } from '../../operations/sync-directory.client.js';
import { frame, readFrames } from './frame.js';

const extension = '.spool';
const segmentName = /^(\d{10})\.spool$/;
/** Small enough to be read between two requests. */
const segmentBytes = 1 << 19;

/** A file of records: none is added once it is sealed, and all are deleted at once. */
export interface Segment {
  readonly number: number;
  readonly path: string;
  bytes: number;
}

interface Append {
  readonly bytes: Buffer;
  readonly settle: () => void;
  readonly fail: (error: unknown) => void;
}

/** What a spool directory may hold. */
export interface SpoolLimits {
  readonly bytes: number;
  /** @default 512 KiB */
  readonly segmentBytes?: number;
}

/**
 * Records on disk, in the order in which they came, for one process at a time.
 *
 * - `append` resolves after `fdatasync`; whoever waits meanwhile shares the next one.
 * - A write that failed is cut off again, and the file it was in is not written to any more: after a failed sync the
 *   system does not say what it has kept. The same goes for files that an earlier process left.
 */
export class SpoolDirectory {
  private readonly waiting: Append[] = [];
  private readonly sealed: Segment[] = [];
  private active: { readonly segment: Segment; readonly file: FileHandle } | null = null;
  private turns: Promise<unknown> = Promise.resolve();
  private size = 0;
  private next = 1;

  private constructor(
    readonly path: string,
    private readonly limits: SpoolLimits,
    private readonly lock: DirectoryLock,
  ) {}

  /** Takes the directory, with what an earlier process left in it. @throws AssayError DIRECTORY_IN_USE */
  static async open(directory: string, limits: SpoolLimits): Promise<SpoolDirectory> {
    const path = resolve(directory);
    const lock = await DirectoryLock.acquire(path, inUse);
    const spool = new SpoolDirectory(path, limits, lock);
    try {
      await spool.find();
      return spool;
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** Bytes on disk or about to be. */
  get bytes(): number {
    return this.size;
  }

  /** Whether that many bytes more are within the limit. */
  fits(bytes: number): boolean {
    return this.size + bytes <= this.limits.bytes;
  }

  /** Files that are there, the oldest first. */
  get segments(): readonly Segment[] {
    return this.active ? [...this.sealed, this.active.segment] : [...this.sealed];
  }

  /** Adds records, all or none; resolves once they are on disk. */
  append(records: readonly Buffer[]): Promise<void> {
    const bytes = Buffer.concat(records.map(frame));
    this.size += bytes.length;
    return new Promise((settle, fail) => {
      this.waiting.push({ bytes, settle, fail });
      if (this.waiting.length === 1) void this.inTurn(() => this.write(this.waiting.splice(0)));
    });
  }

  /** The oldest segment, sealed if it was not yet; null when there is none. */
  oldest(): Promise<Segment | null> {
    return this.inTurn(async () => {
      if (this.sealed.length === 0) await this.seal();
      return this.sealed[0] ?? null;
    });
  }

  /** The records of a segment, and the bytes at its end that no writer has finished. */
  async read(segment: Segment): Promise<{ records: readonly Buffer[]; torn: number }> {
    const bytes = await readFile(segment.path);
    const { payloads, length } = readFrames(bytes);
    return { records: payloads, torn: bytes.length - length };
  }

  /** Deletes a sealed segment. */
  async remove(segment: Segment): Promise<void> {
    await rm(segment.path, { force: true });
    this.sealed.splice(this.sealed.indexOf(segment), 1);
    this.size -= segment.bytes;
  }

  /** Keeps a line for people to look at, in a file that is never read. */
  async setAside(line: string): Promise<void> {
    await appendFile(join(this.path, 'set-aside.ndjson'), `${line}\n`, { mode: 0o600, flush: true });
  }

  /** Writes what waits and gives the directory back. */
  async close(): Promise<void> {
    await this.inTurn(() => this.seal());
    await this.lock.release();
  }

  private async find(): Promise<void> {
    for (const name of (await readdir(this.path)).sort()) {
      const number = Number(segmentName.exec(name)?.[1] ?? 0);
      if (number === 0) continue;
      const path = join(this.path, name);
      const { size: bytes } = await statOf(path);
      this.sealed.push({ number, path, bytes });
      this.size += bytes;
      this.next = number + 1;
    }
  }

  private async write(batch: readonly Append[]): Promise<void> {
    const bytes = Buffer.concat(batch.map((append) => append.bytes));
    try {
      const { segment, file } = (this.active ??= await this.create());
      await file.appendFile(bytes);
      await file.datasync();
      segment.bytes += bytes.length;
    } catch (error) {
      this.size -= bytes.length;
      await this.abandon();
      for (const { fail } of batch) fail(error);
      return;
    }
    for (const { settle } of batch) settle();
    const full = (this.active?.segment.bytes ?? 0) >= (this.limits.segmentBytes ?? segmentBytes);
    if (full) await this.seal();
  }

  private async create(): Promise<{ segment: Segment; file: FileHandle }> {
    const number = this.next;
    const path = join(this.path, `${String(number).padStart(10, '0')}${extension}`);
    const file = await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_RDWR, 0o600);
    this.next += 1;
    await syncDirectory(this.path);
    return { segment: { number, path, bytes: 0 }, file };
  }

  private async seal(): Promise<void> {
    if (!this.active) return;
    const { segment, file } = this.active;
    this.active = null;
    this.sealed.push(segment);
    // What is in it has been synced, so a failure to close it takes nothing away.
    await file.close().catch(() => undefined);
  }

  /** Cuts off what the failed write may have left, as far as the disk still does as it is told. */
  private async abandon(): Promise<void> {
    const { segment, file } = this.active ?? {};
    await file?.truncate(segment?.bytes).catch(() => undefined);
    await this.seal();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.turns.then(work);
    this.turns = turn.catch(() => undefined);
    return turn;
  }
}

async function statOf(path: string): Promise<{ size: number }> {
  const file = await open(path);
  try {
    return await file.stat();
  } finally {
    await file.close();
  }
}

function inUse(directory: string, pid: number): string {
  return `The spool ${directory} is open in process ${pid}. Give this process one of its own with ASSAY_SPOOL_DIR.`;
}
