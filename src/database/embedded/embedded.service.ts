import { randomUUID } from 'node:crypto';
import { access, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import type { AssayError } from '../../operations/assay-error.js';
import { DirectoryLock } from './directory.lock.js';
import { EmbeddedClient } from './embedded.client.js';
import { TemplateStore } from './template.store.js';

/** The directory that stands for "in memory, gone with the process". */
export const IN_MEMORY = 'memory://';

/** What the embedded database needs to know. */
export interface EmbeddedOptions {
  readonly dataDirectory: string;
  readonly cacheDirectory: string | null;
  readonly onFailure: (failure: AssayError) => void;
}

/**
 * The embedded database from lock to last byte: one directory, one process, one PGlite.
 *
 * - `unfinished` marks a directory whose first start has not ended; such a directory has never acknowledged anything,
 *   so the next start sets it aside and begins again.
 */
export class EmbeddedDatabase {
  private current: EmbeddedClient;
  private lock: DirectoryLock | null = null;
  private template: TemplateStore | null = null;
  private templateWritten: Promise<void> = Promise.resolve();
  private isBare = false;
  private readonly root: string | null;

  constructor(private readonly options: EmbeddedOptions) {
    this.root = options.dataDirectory.startsWith(IN_MEMORY) ? null : resolve(options.dataDirectory);
    this.current = new EmbeddedClient(options.onFailure);
  }

  /** A connection for the `pg` driver's `stream` option. */
  socket(): Duplex {
    return this.current.socket();
  }

  /**
   * Takes the directory and starts the database in it.
   *
   * @throws AssayError DIRECTORY_IN_USE when another living process has it
   */
  async open(): Promise<void> {
    if (this.root !== null) this.lock = await DirectoryLock.acquire(this.root);
    try {
      if (this.root === null) await this.create(null);
      else await this.openDirectory(this.root);
    } catch (error) {
      await this.lock?.release();
      throw error;
    }
  }

  /** Call when the migrations have been applied and nothing else has been written: the directory is whole from here on. */
  async migrated(): Promise<void> {
    if (this.isBare) {
      const tar = this.current.dump();
      this.templateWritten = tar.then((bytes) => this.template?.write(bytes)).catch(() => undefined);
      await tar;
    }
    if (this.root !== null) await rm(marker(this.root), { force: true });
  }

  /** Ends everything. Close the pool first. */
  async close(): Promise<void> {
    await this.current.close();
    await this.templateWritten;
    await this.lock?.release();
  }

  private async openDirectory(root: string): Promise<void> {
    const directory = join(root, 'pglite');
    if (await exists(marker(root))) await setAside(directory);
    if (await exists(join(directory, 'PG_VERSION'))) return this.current.start(directory, null);
    await setAside(directory);
    await writeFile(marker(root), 'The first start in this directory has not ended yet.\n');
    await this.create(directory);
  }

  private async create(directory: string | null): Promise<void> {
    this.template = await TemplateStore.open(this.options.cacheDirectory);
    const template = await this.template.find();
    if (template !== null) {
      try {
        return await this.current.start(directory, template);
      } catch {
        await this.template.discard();
        this.current = new EmbeddedClient(this.options.onFailure);
        if (directory !== null) await setAside(directory);
      }
    }
    this.isBare = true;
    await this.current.start(directory, null);
  }
}

function marker(root: string): string {
  return join(root, 'unfinished');
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Moves a directory that no start has completed out of the way: kept, in case somebody put it there. */
async function setAside(directory: string): Promise<void> {
  if (await exists(directory)) await rename(directory, `${directory}.unfinished-${randomUUID().slice(0, 8)}`);
}
