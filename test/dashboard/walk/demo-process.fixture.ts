import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The demo as `npm run demo` starts it. */
export interface DemoProcess {
  readonly url: string;
  /** Everything it has printed. */
  printed(): string;
  stop(): Promise<void>;
}

/**
 * Starts the demo on a port that the system chooses, and waits until it has its weeks. DEMO_URL names one that is there already,
 * for whoever works on these tests.
 */
export async function startDemoProcess(words: readonly string[]): Promise<DemoProcess> {
  const there = process.env['DEMO_URL'];
  if (there) return { url: there, printed: () => '', stop: () => Promise.resolve() };
  const child = spawn(process.execPath, ['scripts/run.mjs', 'demo.main.js', '--port', '0', ...words], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => output.push(bytes.toString()));
  const printed = () => output.join('');
  const url = await addressIn(child, printed);
  return {
    url,
    printed,
    async stop() {
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function addressIn(child: ChildProcess, printed: () => string): Promise<string> {
  for (;;) {
    const found = /The page: (http\S+)\//.exec(printed())?.[1];
    if (found) return found;
    const ended = once(child, 'close').then(() => 'ended');
    const spoke = once(child.stdout!, 'data').then(() => 'spoke');
    if ((await Promise.race([ended, spoke])) === 'ended') throw new Error(`The demo ended: ${printed()}`);
  }
}
