import { spawn } from 'node:child_process';
import { undoIfStopped } from './left-behind.mjs';

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** Variables of this process, without those that Assay reads. */
function cleanEnvironment(own) {
  const foreign = ([name]) => !/^(ASSAY_|REDIS_|DATABASE_URL$|PORT$|HOST$)/.test(name);
  return { ...Object.fromEntries(Object.entries(process.env).filter(foreign)), ...own };
}

/** Starts a Node program that ends, at the latest, when this process does. */
export function startProcess(script, { words = [], nodeWords = [], env = {}, cwd } = {}) {
  const child = spawn(process.execPath, [...nodeWords, script, ...words], {
    cwd,
    env: cleanEnvironment(env),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  running.add(child);
  const keep = undoIfStopped(() => {
    child.kill('SIGKILL');
    return ended;
  });
  let complaint = '';
  child.stderr.on('data', (data) => (complaint = (complaint + data).slice(-4000)));
  const ended = new Promise((resolve) =>
    child.once('exit', (code) => {
      running.delete(child);
      keep();
      resolve(code);
    }),
  );
  const failed = ended.then((code) => {
    throw new Error(`${script} ended with ${code}: ${complaint}`);
  });
  failed.catch(() => undefined);
  return {
    child,
    pid: child.pid,
    failed,
    ended,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** What a process answers to a message, or an error if it ends before. */
export async function ask(started, question) {
  const { child, failed } = started;
  let hear;
  const answer = new Promise((resolve) => child.once('message', (hear = resolve)));
  if (question !== undefined) child.send(question);
  try {
    return await Promise.race([answer, failed]);
  } finally {
    child.off('message', hear);
  }
}
