import { Client } from 'pg';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { postgresBinaries } from './binaries.fixture.js';
import { freePort, ServiceProcess } from './service-process.fixture.js';

const run = promisify(execFile);
const startMilliseconds = 60_000;

/** Settings of a cluster, as `postgres -c` takes them. */
export type ClusterSettings = Readonly<Record<string, string>>;

/** A PostgreSQL of its own, in a temporary directory and on a free port, that can be killed, frozen and restarted. */
export class PostgresCluster {
  private process: ServiceProcess | null = null;

  private constructor(
    private readonly binaries: string,
    private readonly directory: string,
    private readonly port: number,
    private readonly user: { uid: number; gid: number } | undefined,
    private readonly settings: ClusterSettings,
  ) {}

  static async create(settings: ClusterSettings = {}): Promise<PostgresCluster> {
    const binaries = await postgresBinaries();
    const directory = await mkdtemp(join(tmpdir(), 'assay-faults-postgres-'));
    const user = await serverUser();
    if (user) await chown(directory, user.uid, user.gid);
    const words = ['-D', join(directory, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
    await run(join(binaries, 'initdb'), words, { cwd: '/', ...user });
    const cluster = new PostgresCluster(binaries, directory, await freePort(), user, settings);
    await cluster.start();
    return cluster;
  }

  /** The address of one of its databases. */
  url(database = 'postgres'): string {
    return `postgres://postgres@127.0.0.1:${this.port}/${database}`;
  }

  /** Makes an empty database, and returns its address. */
  async database(): Promise<string> {
    const name = `assay_${randomBytes(4).toString('hex')}`;
    await this.ask(`CREATE DATABASE ${name}`);
    return this.url(name);
  }

  /** Starts it, however it ended, and waits until it answers. */
  async start(): Promise<void> {
    const settings = Object.entries({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      port: String(this.port),
      ...this.settings,
    }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const words = ['-D', join(this.directory, 'data'), ...settings];
    for (const deadline = Date.now() + startMilliseconds; ; await delay(50)) {
      // Right after a kill its shared memory may still be there for a moment: then it refuses, and is started again.
      if (!this.process?.isRunning)
        this.process = ServiceProcess.start(join(this.binaries, 'postgres'), words, this.user);
      if (await this.ask('SELECT 1').catch(() => null)) return;
      if (Date.now() > deadline) throw new Error(`PostgreSQL does not start: ${this.process.output()}`);
    }
  }

  /** Kills the postmaster; its other processes end as they notice. */
  async kill(): Promise<void> {
    await this.process?.end('SIGKILL');
  }

  /** A fast shutdown, which ends every connection, and a start. */
  async restart(): Promise<void> {
    await this.process?.end('SIGINT');
    await this.start();
  }

  async freeze(): Promise<void> {
    await this.process?.freeze();
  }

  async thaw(): Promise<void> {
    await this.process?.thaw();
  }

  async close(): Promise<void> {
    await this.thaw();
    await this.process?.end('SIGQUIT');
    await rm(this.directory, { recursive: true, force: true });
  }

  /** Asks it, on a connection of its own. */
  async ask<Row>(statement: string, database?: string): Promise<Row[]> {
    const client = new Client({ connectionString: this.url(database), connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(statement)).rows as Row[];
    } finally {
      await client.end();
    }
  }
}

/** PostgreSQL refuses to run as root, so then it runs as the user that its packages make. */
async function serverUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const number = async (option: string) => Number((await run('id', [option, 'postgres'])).stdout);
  try {
    return { uid: await number('-u'), gid: await number('-g') };
  } catch {
    throw new Error(
      'Run as root, these tests start PostgreSQL as the user "postgres", and there is none. Add it.',
    );
  }
}
