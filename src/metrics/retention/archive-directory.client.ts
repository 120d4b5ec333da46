import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { syncDirectory } from '../../operations/sync-directory.client.js';
import { addLine, emptyDigest, type LineDigest } from './line-digest.js';
import { readLines } from './read-lines.js';

/** A file as it lies on disk. */
export interface FileDigest {
  /** Of its lines, which are uncompressed. */
  readonly lines: LineDigest;
  /** Of the file, compressed. */
  readonly bytes: number;
  readonly sha256: string;
}

/** Called again and again while a file is read; what it throws ends the reading. */
export type Beat = () => Promise<void>;

/**
 * Files of raw outcomes, one a cohort day: compressed lines of JSON.
 *
 * A file has its name once all of it is on disk; until then it ends in `.part`, with a name that no other writer has.
 */
export class ArchiveDirectory {
  readonly path: string;

  constructor(directory: string) {
    this.path = resolve(directory);
  }

  /** The name of a day's file. */
  fileOf(day: string): string {
    return `outcomes-${day}.ndjson.gz`;
  }

  /** Writes a day's file, in place of one that may be there. Of one that could not be finished nothing is left. */
  async write(day: string, pages: AsyncIterable<string>): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    await this.sweep(day);
    const part = join(this.path, `${this.fileOf(day)}.${randomBytes(6).toString('hex')}.part`);
    try {
      const file = await open(part, 'wx', 0o600);
      try {
        await this.pack(pages, file);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(part, join(this.path, this.fileOf(day)));
      await syncDirectory(this.path);
    } catch (error) {
      await rm(part, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  /** What a day's file holds, read back from the disk. */
  async digest(day: string, beat: Beat): Promise<FileDigest> {
    const sha256 = createHash('sha256');
    let bytes = 0;
    let lines = emptyDigest;
    const source = createReadStream(join(this.path, this.fileOf(day)));
    const counted = async function* (packed: AsyncIterable<Buffer>) {
      for await (const chunk of packed) {
        await beat();
        bytes += chunk.length;
        sha256.update(chunk);
        yield chunk;
      }
    };
    await pipeline(source, counted, createGunzip(), async (unpacked: AsyncIterable<Buffer>) => {
      for await (const line of readLines(unpacked)) lines = addLine(lines, line);
    });
    return { lines, bytes, sha256: sha256.digest('hex') };
  }

  /** Whether a file is there. */
  has(file: string, bytes: number): Promise<boolean> {
    return stat(join(this.path, file)).then(
      ({ size }) => size === bytes,
      () => false,
    );
  }

  /** The lines of a file, a piece of it in memory at a time. */
  async *lines(file: string): AsyncGenerator<Buffer, void> {
    const source = createReadStream(join(this.path, file));
    const unpacked = createGunzip();
    source.on('error', (error) => unpacked.destroy(error));
    try {
      yield* readLines(source.pipe(unpacked) as AsyncIterable<Buffer>);
    } finally {
      source.destroy();
      unpacked.destroy();
    }
  }

  private async pack(pages: AsyncIterable<string>, file: FileHandle): Promise<void> {
    let refusal: unknown;
    await pipeline(Readable.from(pages), createGzip(), async (packed: AsyncIterable<Buffer>) => {
      for await (const chunk of packed)
        await this.put(file, chunk).catch((error: unknown) => {
          refusal = error;
          throw error;
        });
    }).catch((error: unknown) => {
      // The stream itself would only say that it was aborted.
      throw refusal ?? error;
    });
  }

  /** Adds bytes to a file. */
  protected put(file: FileHandle, bytes: Buffer): Promise<void> {
    return file.appendFile(bytes);
  }

  /** Removes what a process that was killed has left of a day. */
  private async sweep(day: string): Promise<void> {
    const begin = `${this.fileOf(day)}.`;
    for (const name of await readdir(this.path))
      if (name.startsWith(begin) && name.endsWith('.part')) await rm(join(this.path, name), { force: true });
  }
}
