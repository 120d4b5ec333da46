export const LOG_LEVELS = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'] as const;
export const LOG_FORMATS = ['json', 'text'] as const;
export const ENVIRONMENTS = ['development', 'production', 'test'] as const;

export const GENERATION_LOG_MODES = ['full', 'sampled', 'metadata', 'off'] as const;

/** The least severe message that is still written. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One JSON object a line for machines, or coloured text for people. */
export type LogFormat = (typeof LOG_FORMATS)[number];

/** A Redis Cluster node to begin discovery from. */
export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

/**
 * Everything the environment decides, validated once at boot. Also the injection token for it.
 * `readConfiguration` makes one; `.env.example` lists the variables.
 */
export abstract class Configuration {
  /** PORT. 0 lets the system choose. @default 3000 */
  abstract readonly port: number;
  /** HOST, the address to listen on. Anything but loopback needs an API key. @default '127.0.0.1' */
  abstract readonly host: string;
  /** DATABASE_URL of PostgreSQL; without one the embedded database in `dataDirectory` is used. */
  abstract readonly databaseUrl: string | undefined;
  /** ASSAY_DATABASE_POOL, connections to PostgreSQL per process. @default 10 */
  abstract readonly databasePool: number;
  /** ASSAY_DATA_DIR, of the embedded database and, unless told otherwise, of the spool. @default './data' */
  abstract readonly dataDirectory: string;
  /** ASSAY_SPOOL_DIR, where outcomes wait while the database is away; null = they are refused then. @default '<dataDirectory>/spool' */
  abstract readonly spoolDirectory: string | null;
  /** ASSAY_SPOOL_MEGABYTES, the most that may wait there. @default 256 */
  abstract readonly spoolMegabytes: number;
  /** ASSAY_RETENTION, an ISO 8601 duration of a day or more: how long raw outcomes stay in the database; null = for ever. */
  abstract readonly retention: string | null;
  /** ASSAY_ARCHIVE_DIR, where they go then; null without a place for files. @default '<dataDirectory>/archive' */
  abstract readonly archiveDirectory: string | null;
  /** ASSAY_GENERATION_LOG: what is logged of generations, and of which share of units under `sampled`. @default full */
  abstract readonly generationLog: {
    readonly mode: (typeof GENERATION_LOG_MODES)[number];
    readonly share: number;
  };
  /** ASSAY_REDACT, patterns whose matches are taken out of logged texts. */
  abstract readonly redact: readonly string[];
  /** ASSAY_GENERATION_RETENTION, an ISO 8601 duration of a day or more: how long logged generations stay; null = for ever. */
  abstract readonly generationRetention: string | null;
  /** REDIS_URL of a single Redis. */
  abstract readonly redisUrl: string | undefined;
  /** REDIS_NODES of a Redis Cluster; empty without one. */
  abstract readonly redisNodes: readonly RedisNode[];
  /** ANTHROPIC_API_KEY; without one, and without OpenAI's key or address, the simulated provider answers. */
  abstract readonly anthropicApiKey: string | undefined;
  /** ANTHROPIC_BASE_URL, for a proxy or a local server. */
  abstract readonly anthropicBaseUrl: string | undefined;
  /** OPENAI_API_KEY, also of others that speak Chat Completions. */
  abstract readonly openaiApiKey: string | undefined;
  /** OPENAI_BASE_URL of such an endpoint. */
  abstract readonly openaiBaseUrl: string | undefined;
  /** ASSAY_PRICES, a JSON file with prices of one's own. */
  abstract readonly pricesFile: string | undefined;
  /** ASSAY_MODEL, which the example's variants share. @default 'claude-haiku-4-5' */
  abstract readonly model: string;
  /** ASSAY_ADMIN_KEY, an admin key to begin with. */
  abstract readonly adminKey: string | undefined;
  /** ASSAY_SECRETS that sign tokens, newest first; empty = one is generated and kept in the database. */
  abstract readonly secrets: readonly string[];
  /** ASSAY_CORS_ORIGINS that may call `/v1/feedback` from a browser. @default [] */
  abstract readonly corsOrigins: readonly string[];
  /** ASSAY_TRUST_PROXY: whether `X-Forwarded-*` is believed: never, always, that many hops, or from those addresses. @default false */
  abstract readonly trustProxy: boolean | number | string;
  /** ASSAY_LOG_LEVEL. @default 'log' */
  abstract readonly logLevel: LogLevel;
  /** ASSAY_LOG_FORMAT. @default 'text' on a terminal, else 'json' */
  abstract readonly logFormat: LogFormat;
  /** ASSAY_SIMULATED_TIME_SCALE: the simulated provider's latencies are multiplied by it. @default 1 */
  abstract readonly simulatedTimeScale: number;
  /** NODE_ENV. @default 'development' */
  abstract readonly environment: (typeof ENVIRONMENTS)[number];
}
