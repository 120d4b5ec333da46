import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { compiledSources } from './compiled-sources.fixture.js';
import type { Answer } from './server.fixture.js';

const patience = 120_000;
const requestPatience = 20_000;

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** How a process is begun, where it is not the usual way. */
export interface Beginning {
  /** The program, instead of the compiled sources. */
  readonly program?: string;
  /** A command that runs what follows it, in its own place. */
  readonly through?: readonly string[];
}

/** A whole server in a process of its own, that can be killed. */
export class ChildServer {
  private readonly output: string[] = [];
  readonly ended: Promise<Ending>;
  /** When it printed for the first time. */
  spokeAt: number | null = null;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (bytes: Buffer) => {
        this.spokeAt ??= Date.now();
        this.output.push(bytes.toString());
      });
    }
    this.ended = (once(child, 'close') as Promise<[Ending['code'], Ending['signal']]>).then(
      ([code, signal]) => ({ code, signal }),
    );
  }

  /** Starts a server, on a free port unless told one, and waits for nothing. Only what is given is in its environment. */
  static async spawn(
    environment: Readonly<Record<string, string>>,
    { program, through = [] }: Beginning = {},
  ): Promise<ChildServer> {
    const directory = await compiledSources();
    const port = environment['PORT'] ?? String(await freePort());
    const { PATH = '', HOME = '' } = process.env;
    const words = program ? [program] : ['--enable-source-maps', join(directory, 'main.js')];
    const [command = process.execPath, ...rest] = [...through, process.execPath, ...words];
    const child = spawn(command, rest, {
      cwd: directory,
      env: { PATH, HOME, PORT: port, ASSAY_LOG_LEVEL: 'warn', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new ChildServer(child, `http://127.0.0.1:${port}`);
  }

  /** Starts a server and waits until it is ready. */
  static async start(
    environment: Readonly<Record<string, string>>,
    beginning?: Beginning,
  ): Promise<ChildServer> {
    const server = await ChildServer.spawn(environment, beginning);
    await server.answers('/health/ready');
    return server;
  }

  get port(): string {
    return new URL(this.url).port;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Everything it has printed. */
  printed(): string {
    return this.output.join('');
  }

  /** Waits until a GET of the path is answered with the status. */
  async answers(path: string, status = 200): Promise<void> {
    for (const deadline = Date.now() + patience; Date.now() < deadline; await delay(50)) {
      if (!this.isRunning) break;
      const found = await this.call('GET', path).catch(() => null);
      if (found?.status === status) return;
    }
    throw new Error(`${path} never answered ${status}. The process printed: ${this.printed()}`);
  }

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(requestPatience),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      body: isJson ? JSON.parse(text) : text,
      headers: Object.fromEntries(response.headers),
    };
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Sends the signal and waits for the end. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<Ending> {
    if (this.isRunning) this.child.kill(signal);
    return this.ended;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
