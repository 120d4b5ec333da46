import { execFile } from 'node:child_process';
import { access, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const installed = '/usr/lib/postgresql';

/** The directory of `initdb` and `postgres`: ASSAY_POSTGRES_BIN, else what `pg_config` says, else the newest installed. */
export async function postgresBinaries(): Promise<string> {
  const told = process.env['ASSAY_POSTGRES_BIN'];
  const asked = await run('pg_config', ['--bindir']).then(
    ({ stdout }) => [stdout.trim()],
    () => [],
  );
  const versions = (await readdir(installed).catch(() => [])).sort((a, b) => Number(b) - Number(a));
  const candidates = told
    ? [told]
    : [...asked, ...versions.map((version) => join(installed, version, 'bin'))];
  for (const directory of candidates) {
    if ((await exists(join(directory, 'initdb'))) && (await exists(join(directory, 'postgres'))))
      return directory;
  }
  throw new Error(
    `These tests start a PostgreSQL of their own, and there is no initdb in ${candidates.join(', ') || installed}. ` +
      'Install PostgreSQL 15 or later, or set ASSAY_POSTGRES_BIN to the directory of its programs.',
  );
}

/** The path of a program on the PATH; a missing one is a failure, because a test that did not run proves nothing. */
export async function programOnPath(name: string): Promise<string> {
  for (const directory of (process.env['PATH'] ?? '').split(delimiter)) {
    if (await exists(join(directory, name))) return join(directory, name);
  }
  throw new Error(`These tests need the program "${name}", and it is not on the PATH. Install it.`);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
