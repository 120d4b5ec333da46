import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { PageFiles } from '../../../src/dashboard/page/page-files.client.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The page as its sources are now, whatever was built before. */
class BuiltPage extends PageFiles {
  constructor(protected override readonly folder: string) {
    super();
  }
}

/** Builds the page into a directory of its own. */
export function builtPage(): PageFiles {
  const folder = `${mkdtempSync(join(tmpdir(), 'assay-page-'))}/`;
  const words = ['node_modules/vite/bin/vite.js', 'build', 'src/dashboard/web', '--outDir', folder];
  const { status, stderr } = spawnSync(process.execPath, [...words, '--emptyOutDir', '--logLevel', 'error'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The page cannot be built: ${stderr}`);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path)));
  }
  return new BuiltPage(folder);
}
