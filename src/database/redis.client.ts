import { Logger } from '@nestjs/common';
import { Cluster, Redis } from 'ioredis';
import { AssayError } from '../operations/assay-error.js';

/** Where Redis is: one server, or the first nodes of a cluster as `host:port,host:port`. Neither = no Redis. */
export interface RedisOptions {
  readonly url?: string | undefined;
  readonly nodes?: string | undefined;
}

/** Whether Redis is configured, and whether it answers. */
export type RedisState = 'absent' | 'up' | 'down';

const COMMAND_TIMEOUT_MILLISECONDS = 200;
/** `host`, `host:port` or `[IPv6]:port`. */
const NODE = /^\s*(?:\[(?<six>[^\]\s]+)\]|(?<host>[^\s:[\]]+))(?::(?<port>\d{1,5}))?\s*$/;
const CONNECT_TIMEOUT_MILLISECONDS = 1_000;

/**
 * The connection to Redis that everything in this process shares, if there is one.
 *
 * Redis only makes things faster: each command ends soon, by an answer or by an error, and the process starts and runs
 * whether Redis is there or not. The client reconnects by itself.
 */
export class RedisConnection {
  /** Null when no Redis is configured. */
  readonly client: Redis | Cluster | null;
  private readonly logger = new Logger('Redis');
  private lastError = '';

  constructor(options: RedisOptions = {}) {
    this.client = create(options);
    this.client?.on('error', (error: Error) => this.complain(error));
    this.client?.on('ready', () => (this.lastError = ''));
  }

  /** Begins to connect; never waits and never fails. */
  start(): void {
    void this.client?.connect().catch(() => undefined);
  }

  /** Whether commands can be sent now. */
  state(): RedisState {
    if (this.client === null) return 'absent';
    return this.client.status === 'ready' ? 'up' : 'down';
  }

  /** Whether Redis answers within the time given. */
  async ping(timeoutMilliseconds: number): Promise<boolean> {
    if (this.client === null) return false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>(
      (resolve) => (timer = setTimeout(() => resolve(false), timeoutMilliseconds)),
    );
    const answered = this.client.ping().then(
      () => true,
      () => false,
    );
    return Promise.race([answered, late]).finally(() => clearTimeout(timer));
  }

  /** Ends the connection. */
  close(): void {
    this.client?.disconnect();
  }

  /** Says each new trouble once: a server that is away fails many times a minute. */
  private complain(error: Error): void {
    if (error.message === this.lastError) return;
    this.lastError = error.message;
    this.logger.warn(`Redis does not answer: ${error.message}. Going on without it.`);
  }
}

function create({ url, nodes }: RedisOptions): Redis | Cluster | null {
  const shared = {
    maxRetriesPerRequest: 1,
    commandTimeout: COMMAND_TIMEOUT_MILLISECONDS,
    connectTimeout: CONNECT_TIMEOUT_MILLISECONDS,
  };
  if (nodes !== undefined && nodes !== '') {
    const redisOptions = { commandTimeout: shared.commandTimeout, connectTimeout: shared.connectTimeout };
    return new Cluster(parseNodes(nodes), { lazyConnect: true, enableOfflineQueue: false, redisOptions });
  }
  if (url === undefined || url === '') return null;
  return new Redis(url, { ...shared, lazyConnect: true, enableOfflineQueue: false });
}

function parseNodes(nodes: string): { host: string; port: number }[] {
  return nodes.split(',').map((node) => {
    const found = NODE.exec(node)?.groups;
    const host = found?.['six'] ?? found?.['host'];
    const port = Number(found?.['port'] ?? 6379);
    if (host === undefined || port < 1 || port > 65_535) {
      throw new AssayError(
        'INVALID_CONFIGURATION',
        `The Redis nodes "${nodes}" contain "${node}". Write them as host:port, separated by commas.`,
      );
    }
    return { host, port };
  });
}
