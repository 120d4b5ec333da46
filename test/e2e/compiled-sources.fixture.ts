import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));
// Inside node_modules, so that the compiled sources find the packages of this very checkout.
const cache = join(root, 'node_modules', '.cache', 'assay-test-sources');
const dayMilliseconds = 86_400_000;

/** The sources as JavaScript, in a directory that lasts as long as the sources stay as they are. */
export async function compiledSources(): Promise<string> {
  const names = (await readdir(join(root, 'src'), { recursive: true })).filter((name) =>
    name.endsWith('.ts'),
  );
  const sources = await Promise.all(
    names.sort().map(async (name) => ({ name, text: await readFile(join(root, 'src', name), 'utf8') })),
  );
  const hash = createHash('sha256').update(JSON.stringify(sources)).update(ts.version).digest('hex');
  const directory = join(cache, hash.slice(0, 16));
  if (await exists(directory)) return directory;
  await forgetOld();
  const fresh = `${directory}.${randomUUID()}`;
  for (const { name, text } of sources) await compile(text, join(fresh, name.replace(/\.ts$/, '.js')));
  await writeFile(join(fresh, 'package.json'), '{"type":"module"}');
  // Of two that compile at once, the later finds the directory full and uses it.
  await rename(fresh, directory).catch(() => rm(fresh, { recursive: true, force: true }));
  return directory;
}

async function compile(text: string, target: string): Promise<void> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      esModuleInterop: true,
    },
  });
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, outputText);
}

async function forgetOld(): Promise<void> {
  for (const name of await readdir(cache).catch(() => [])) {
    const path = join(cache, name);
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.mtimeMs > dayMilliseconds)
      await rm(path, { recursive: true, force: true });
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
