import { createHash, randomUUID } from 'node:crypto';
import {
  access,
  constants,
  lstat,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { embeddedLibrary } from './embedded.client.js';

const OWN_DIRECTORY = dirname(fileURLToPath(import.meta.url));
const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url));
const KEEP_MILLISECONDS = 30 * 24 * 60 * 60 * 1000;
const SOURCE = /(?<!\.d)\.(ts|js)$/;

/**
 * An empty database with every migration applied, kept as a file, so that a new directory or an in-memory instance
 * need not run initdb and the migrations again. It is only an accelerator: a missing, broken or unwritable one
 * costs time and nothing else.
 */
export class TemplateStore {
  private constructor(
    /** Where a template may be written; null = nowhere. */
    private readonly path: string | null,
    /** Where the build puts one. */
    private readonly shipped: string,
  ) {}

  /** The template of this version of the migrations and of PGlite. @param cacheDirectory null = the usual place */
  static async open(cacheDirectory: string | null): Promise<TemplateStore> {
    const name = `template-${await fingerprint()}.tar.gz`;
    const shipped = join(OWN_DIRECTORY, name);
    try {
      const directory = cacheDirectory ?? (await usualDirectory());
      await mkdir(directory, { recursive: true, mode: 0o700 });
      return new TemplateStore(join(directory, name), shipped);
    } catch {
      return new TemplateStore(null, shipped);
    }
  }

  /** Where the template lies, or null when there is none yet. */
  async find(): Promise<string | null> {
    for (const path of [this.path, this.shipped]) {
      const found = path === null ? null : await lstat(path).catch(() => null);
      if (found?.isFile() === true) return path;
    }
    return null;
  }

  /** Keeps a database's tar as the template; a reader never sees a half-written one. */
  async write(tar: ArrayBuffer): Promise<void> {
    if (this.path === null) return;
    const unfinished = `${this.path}.${randomUUID()}`;
    try {
      await writeFile(unfinished, await promisify(gzip)(tar, { level: 1 }), { mode: 0o600 });
      await rename(unfinished, this.path);
      await forgetOld(dirname(this.path));
    } catch {
      await rm(unfinished, { force: true }).catch(() => undefined);
    }
  }

  /** Throws a broken template away, so that the next start builds a new one. */
  async discard(): Promise<void> {
    if (this.path !== null) await rm(this.path, { force: true }).catch(() => undefined);
  }
}

/** Removes what nobody has written for a month: templates of older migrations and writes that were cut off. */
async function forgetOld(directory: string): Promise<void> {
  for (const name of (await readdir(directory)).filter((file) => file.startsWith('template-'))) {
    const path = join(directory, name);
    if (Date.now() - (await stat(path)).mtimeMs > KEEP_MILLISECONDS) await rm(path, { force: true });
  }
}

/** The project's own cache; else one in the system's temporary directory that belongs to this user alone. */
async function usualDirectory(): Promise<string> {
  const modules = join(process.cwd(), 'node_modules');
  try {
    await access(modules, constants.W_OK);
    return join(modules, '.cache', 'assay');
  } catch {
    const { uid, username } = userInfo();
    const directory = join(tmpdir(), `assay-${uid === -1 ? username : uid}`);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const found = await lstat(directory);
    // Another user's directory of that name could hold a template made to harm.
    const ours = found.isDirectory() && (uid === -1 || (found.uid === uid && (found.mode & 0o022) === 0));
    if (!ours) throw new Error(`${directory} belongs to somebody else`);
    return directory;
  }
}

/** What a template depends on: the text of the migrations, PGlite's version and the processor's word format. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(MIGRATIONS)).filter((file) => SOURCE.test(file)).sort()) {
    hash.update(name.replace(SOURCE, '')).update(await readFile(join(MIGRATIONS, name)));
  }
  hash.update(await readFile(join(dirname(embeddedLibrary), '..', 'package.json')));
  return hash.digest('hex').slice(0, 32);
}
