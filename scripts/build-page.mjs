// Builds the page that the server shows at / into dist/dashboard/web, each file with a compressed one beside it, unless
// it is as new as its sources.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const sources = fileURLToPath(new URL('../src/dashboard/web/', import.meta.url));
const built = fileURLToPath(new URL('../dist/dashboard/web/', import.meta.url));

const changedAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`);

async function buildPage() {
  // Loaded only when there is something to do: the check runs before every start.
  const { build } = await import('vite');
  await build({ root: sources, logLevel: 'warn' });
  for (const file of filesBelow(built)) writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
}

const newest = Math.max(...filesBelow(sources).map(changedAt));
if (changedAt(`${built}index.html.br`) < newest) await buildPage();
