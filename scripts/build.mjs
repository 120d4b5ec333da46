// Compiles src into dist, as far as anything has changed since the last time, bundles the numeric library, makes the
// template of the embedded database, and builds the page.
// With --fast types are not checked: `npm run check` and `npm run build` do that.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const root = new URL('..', import.meta.url);
const fast = process.argv.includes('--fast');

function run(...words) {
  const { status } = spawnSync(process.execPath, words, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(new URL('dist/.tsbuildinfo', root)))
  console.error('Building; from the second time on this is quick…');
// Build mode knows by the times of the files that there is nothing to do, without reading them.
run('node_modules/typescript/bin/tsc', '-b', 'tsconfig.build.json', ...(fast ? ['--noCheck'] : []));
run('scripts/bundle-distributions.mjs');
run('scripts/make-template.mjs');
run('scripts/build-page.mjs');
