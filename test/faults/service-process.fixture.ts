import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A service in a process of its own that can be killed and frozen, with the processes that it has started. */
export class ServiceProcess {
  private readonly printed: Buffer[] = [];
  private readonly ended: Promise<unknown>;

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => this.printed.push(bytes));
    // A test that fails to tidy up leaves no process behind all the same.
    const reap = () => child.kill('SIGKILL');
    process.once('exit', reap);
    this.ended = once(child, 'exit').then(() => process.off('exit', reap));
  }

  static start(
    program: string,
    words: readonly string[],
    user?: { uid: number; gid: number },
  ): ServiceProcess {
    return new ServiceProcess(
      spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/', ...user }),
    );
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Everything it has printed. */
  output(): string {
    return Buffer.concat(this.printed).toString();
  }

  /** Sends the signal and waits for the end of the process and of those it has started. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const started = await this.descendants();
    if (this.isRunning) this.child.kill(signal);
    await this.ended;
    while (started.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  /** Stops the process and those it has started: they keep their connections and answer nothing. */
  async freeze(): Promise<void> {
    for (const pid of [this.child.pid ?? 0, ...(await this.descendants())]) signalTo(pid, 'SIGSTOP');
  }

  /** Lets them all go on. */
  async thaw(): Promise<void> {
    for (const pid of [...(await this.descendants()), this.child.pid ?? 0]) signalTo(pid, 'SIGCONT');
  }

  private async descendants(): Promise<number[]> {
    const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', String(this.child.pid)]).catch(() => ({
      stdout: '',
    }));
    return stdout.split(/\s+/).filter(Boolean).map(Number);
  }
}

function isAlive(pid: number): boolean {
  return signalTo(pid, 0);
}

function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
