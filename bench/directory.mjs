import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { undoing } from './left-behind.mjs';

/** Runs work with a new directory, which is removed whatever happens. */
export async function withDirectory(work) {
  const directory = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  return undoing(
    () => rm(directory, { recursive: true, force: true }),
    () => work(directory),
  );
}
