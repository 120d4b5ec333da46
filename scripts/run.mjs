// Builds what has changed, then becomes the program of dist that the first word names: no second process, so that
// signals, standard input and exit codes are its own.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [entry] = process.argv.slice(2);
const program = new URL(`../dist/${entry}`, import.meta.url);
const build = fileURLToPath(new URL('build.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [build, '--fast'], { stdio: ['ignore', 2, 2] });
if (status !== 0) process.exit(status ?? 1);

// npm passes a signal to its shell only, and the shell ends without passing it on: then this process ends as if asked to.
const parent = process.ppid;
const orphaned = () => process.ppid !== parent && process.kill(process.pid, 'SIGTERM');
if (process.env.npm_lifecycle_event) setInterval(orphaned, 500).unref();

process.argv.splice(1, 2, fileURLToPath(program));
await import(program.href);
