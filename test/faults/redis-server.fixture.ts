import { Redis } from 'ioredis';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { programOnPath } from './binaries.fixture.js';
import { freePort, ServiceProcess } from './service-process.fixture.js';

const startMilliseconds = 20_000;

/** A Redis of its own, on a free port, that keeps nothing on disk. */
export class RedisServer {
  private process: ServiceProcess | null = null;

  private constructor(
    private readonly program: string,
    private readonly directory: string,
    private readonly port: number,
  ) {}

  /** One that has not been started yet. */
  static async create(): Promise<RedisServer> {
    const program = await programOnPath('redis-server');
    return new RedisServer(program, await mkdtemp(join(tmpdir(), 'assay-faults-redis-')), await freePort());
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const words = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--dir', this.directory];
    this.process = ServiceProcess.start(this.program, [...words, '--save', '', '--appendonly', 'no']);
    for (const deadline = Date.now() + startMilliseconds; ; await delay(50)) {
      if (await this.command('PING').catch(() => null)) return;
      if (Date.now() > deadline) throw new Error(`Redis does not start: ${this.process.output()}`);
    }
  }

  async kill(): Promise<void> {
    await this.process?.end('SIGKILL');
  }

  async freeze(): Promise<void> {
    await this.process?.freeze();
  }

  async thaw(): Promise<void> {
    await this.process?.thaw();
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.directory, { recursive: true, force: true });
  }

  /** One command, on a connection of its own. */
  async command(name: string, ...words: string[]): Promise<unknown> {
    const client = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await client.call(name, ...words);
    } finally {
      client.disconnect();
    }
  }
}
