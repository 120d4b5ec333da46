import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDirectory } from '../operations/sync-directory.client.js';
import type { Exposure } from './exposure.js';

const suffix = '.ndjson';

/** An exposure as a line of a file keeps it. */
type KeptExposure = Omit<Exposure, 'exposedAt' | 'cohortBin'> & { exposedAt: string; cohortBin: string };

/**
 * Exposures on disk while the database is away, so that the end of the process does not lose them. Files are whole or not
 * there: written aside, synced, then named. To write an exposure to the database twice changes nothing, so they may be.
 */
export class ExposureSpool {
  private written: string[] = [];
  private number = 0;

  /** @param directory null = nothing is kept */
  constructor(private readonly directory: string | null) {}

  /** Keeps these beside the earlier ones; true once they are on disk. */
  async keep(exposures: readonly Exposure[]): Promise<boolean> {
    if (this.directory === null) return false;
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const path = join(this.directory, `${Date.now()}-${process.pid}-${(this.number += 1)}${suffix}`);
    const file = await open(`${path}.partial`, 'w', 0o600);
    try {
      await file.writeFile(exposures.map((exposure) => `${JSON.stringify(exposure)}\n`).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.partial`, path);
    await syncDirectory(this.directory);
    this.written.push(path);
    return true;
  }

  /** Everything that was kept is in the database. */
  async forget(): Promise<void> {
    for (const path of this.written.splice(0)) await rm(path, { force: true });
  }

  /** Files that a process before this one has left, oldest first. */
  async leftBehind(): Promise<string[]> {
    if (this.directory === null) return [];
    const directory = this.directory;
    const names = await readdir(directory).catch(() => []);
    return names
      .filter((name) => name.endsWith(suffix))
      .sort()
      .map((name) => join(directory, name))
      .filter((path) => !this.written.includes(path));
  }

  async read(path: string): Promise<Exposure[]> {
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map((line) => {
      const kept = JSON.parse(line) as KeptExposure;
      return { ...kept, exposedAt: new Date(kept.exposedAt), cohortBin: new Date(kept.cohortBin) };
    });
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
  }
}
