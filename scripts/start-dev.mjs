// Builds, then compiles on every change and restarts the server after each.
import { spawn, spawnSync } from 'node:child_process';

const { status } = spawnSync(process.execPath, ['scripts/build.mjs', '--fast'], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

const run = (...words) => spawn(process.execPath, words, { stdio: 'inherit' });
const compiler = [
  'node_modules/typescript/bin/tsc',
  '-b',
  'tsconfig.build.json',
  '--watch',
  '--preserveWatchOutput',
];
const children = [run(...compiler), run('--watch', '--enable-source-maps', 'dist/main.js')];

function stop() {
  for (const child of children) child.kill('SIGTERM');
}

process.once('SIGINT', stop);
process.once('SIGTERM', stop);
for (const child of children) child.once('exit', stop);
