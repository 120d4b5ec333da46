// Puts the numeric library inside dist/statistics/distributions.js, so that the published package and a production
// install need none of its hundreds of packages; their licences go into a file beside it.
// Runs after every tsc; does nothing when the file is bundled already.
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

const target = new URL('../dist/statistics/distributions.js', import.meta.url).pathname;
const licences = target.replace(/\.js$/, '.LICENSES.txt');
const mark = '// bundled: @stdlib';

/** The directories of the packages that a file of the bundle came from, each once. */
function packagesOf(inputs) {
  const roots = Object.keys(inputs).flatMap((path) => {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
    return match ? [match[1]] : [];
  });
  return [...new Set(roots)].sort();
}

/** One entry per distinct licence text, headed by the packages it covers. */
async function licenceText(roots) {
  const covered = new Map();
  for (const root of roots) {
    const { name, version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const files = (await readdir(root)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
    if (files.length === 0)
      throw new Error(`${name} carries no licence file; look into it before bundling it.`);
    const texts = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')));
    const key = texts.map((text) => text.trim()).join('\n\n');
    covered.set(key, [...(covered.get(key) ?? []), `${name}@${version} (${license})`]);
  }
  const rule = '='.repeat(80);
  return [...covered].map(([text, names]) => `${rule}\n${names.join('\n')}\n${rule}\n\n${text}\n`).join('\n');
}

async function bundle() {
  // Loaded only when there is something to do: the check runs before every start.
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    entryPoints: [target],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    legalComments: 'inline',
    // The library is CommonJS: its few calls of require('fs') and the like need one in an ES module.
    banner: {
      js: `${mark}\nimport { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);`,
    },
  });
  await writeFile(licences, await licenceText(packagesOf(metafile.inputs)));
  const partial = `${target}.partial`;
  await writeFile(partial, outputFiles[0].text);
  await rename(partial, target);
  console.log(
    `bundled ${relative(process.cwd(), target)} (${Math.round(outputFiles[0].text.length / 1024)} kB)`,
  );
}

const compiled = await readFile(target, 'utf8').catch(() => {
  throw new Error(`${target} is missing; delete ${dirname(dirname(target))} and build again.`);
});
if (!compiled.startsWith(mark)) await bundle();
