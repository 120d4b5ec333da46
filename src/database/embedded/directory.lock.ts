import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type Server } from 'node:net';
import { join, resolve } from 'node:path';
import { AssayError } from '../../operations/assay-error.js';
import { isListening, listenFor, type LockAddress } from './lock.socket.js';

/** Who holds, or once held, a data directory. */
interface LockRecord {
  readonly pid: number;
  readonly token: string;
  readonly address: LockAddress;
}

const ATTEMPTS = 20;

/**
 * The right of one process at a time to open a data directory.
 *
 * - The holder listens on a local socket for as long as it lives; the operating system closes the socket with the
 *   process, however that ends. A holder that listens is alive, one that does not is dead: age plays no part.
 * - A dead holder is superseded through a claim named after its token. Only one process can make that claim, and it
 *   holds only while the lock still names the dead one, so two that start together never both win.
 */
export class DirectoryLock {
  private constructor(
    private readonly path: string,
    private readonly token: string,
    private readonly server: Server,
  ) {}

  /**
   * Takes the directory, creating it for this user alone if it is not there. `refusal` says what to do when it is taken.
   *
   * @throws AssayError DIRECTORY_IN_USE when a living process holds it
   */
  static async acquire(
    directory: string,
    refusal: (directory: string, pid: number) => string = dataDirectoryInUse,
  ): Promise<DirectoryLock> {
    const absolute = resolve(directory);
    await mkdir(absolute, { recursive: true, mode: 0o700 });
    const path = join(absolute, 'assay.lock');
    const token = randomUUID();
    const { server, address } = await listenFor(absolute, token);
    const candidate = `${path}.${token}`;
    try {
      await writeFile(candidate, JSON.stringify({ pid: process.pid, token, address } satisfies LockRecord));
      await takeOver(path, candidate, (pid) => new AssayError('DIRECTORY_IN_USE', refusal(absolute, pid)));
      return new DirectoryLock(path, token, server);
    } catch (error) {
      server.close();
      throw error;
    } finally {
      await rm(candidate, { force: true });
    }
  }

  /** Gives the directory back. */
  async release(): Promise<void> {
    if ((await read(this.path))?.token === this.token) await rm(this.path, { force: true });
    await new Promise<void>((closed) => this.server.close(() => closed()));
  }
}

async function takeOver(path: string, candidate: string, inUse: (pid: number) => AssayError): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await linked(candidate, path)) return;
    const lock = await read(path);
    if (lock === null) continue;
    const superseded = await chain(path, lock);
    const last = superseded.at(-1) ?? lock;
    if (await isListening(last)) throw inUse(last.pid);
    const claim = claimOf(path, last.token);
    if (!(await linked(candidate, claim))) continue;
    // Whoever finished a takeover meanwhile has replaced the lock before removing its claim.
    if ((await read(path))?.token !== lock.token) {
      await rm(claim, { force: true });
      continue;
    }
    await rename(candidate, path);
    await forget(path, superseded);
    return;
  }
  throw inUse((await read(path))?.pid ?? 0);
}

/** The lock's record and, in order, those who claimed to supersede it but died before they had finished. */
async function chain(path: string, lock: LockRecord): Promise<LockRecord[]> {
  const records = [lock];
  for (let next = await read(claimOf(path, lock.token)); next !== null;) {
    records.push(next);
    next = await read(claimOf(path, next.token));
  }
  return records;
}

async function forget(path: string, records: readonly LockRecord[]): Promise<void> {
  for (const { token, address } of records) {
    await rm(claimOf(path, token), { force: true });
    await rm(`${path}.${token}`, { force: true });
    if (typeof address === 'string') await rm(address, { force: true });
  }
}

function claimOf(path: string, token: string): string {
  return `${path}.after-${token}`;
}

/** Makes the file appear under the name whole and at once; false when the name is taken. */
async function linked(file: string, name: string): Promise<boolean> {
  try {
    await link(file, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function read(path: string): Promise<LockRecord | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as LockRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function dataDirectoryInUse(directory: string, pid: number): string {
  return (
    `The data directory ${directory} is open in process ${pid}. Stop that process, or give this one another ` +
    'directory with ASSAY_DATA_DIR, or share one PostgreSQL between them with DATABASE_URL.'
  );
}
