// Draws docs/pictures anew from test/docs/pictures; a test holds the committed files against the same functions.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const target = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const entry = fileURLToPath(new URL('../test/docs/pictures/all.ts', import.meta.url));
const directory = await mkdtemp(join(tmpdir(), 'assay-pictures-'));
try {
  const outfile = join(directory, 'all.mjs');
  // The numeric library is CommonJS: its few calls of require need one in an ES module.
  const banner = `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);`;
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    banner: { js: banner },
  });
  const { pictures } = await import(pathToFileURL(outfile).href);
  for (const name of await readdir(target)) {
    if (!Object.hasOwn(pictures, name)) await rm(join(target, name));
  }
  for (const [name, draw] of Object.entries(pictures)) await writeFile(join(target, name), draw());
  console.log(`${Object.keys(pictures).length} pictures in docs/pictures`);
} finally {
  await rm(directory, { recursive: true });
}
