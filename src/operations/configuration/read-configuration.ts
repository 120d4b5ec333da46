import { AssayError, type Fault } from '../assay-error.js';
import { inOurWords } from '../problem/schema-words.js';
import type { Configuration } from './configuration.js';
import { ENVIRONMENT, VARIABLE_NAMES } from './environment.js';
import { closestName, printable } from './variable-report.js';

/** Environment variables as `process.env` gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Set to nothing, this one says "no spool". */
const meantEmpty = 'ASSAY_SPOOL_DIR';

/** A variable that is set to nothing counts as left out, as `.env` files write it. */
function present(environment: Environment): Record<string, string> {
  const entries = Object.entries(environment).map(([name, value]) => [name, value?.trim() ?? ''] as const);
  return Object.fromEntries(
    entries.filter(
      ([name, value]) => value !== '' || (name === meantEmpty && environment[name] !== undefined),
    ),
  );
}

function unknownVariables(environment: Record<string, string>): Fault[] {
  const known: readonly string[] = VARIABLE_NAMES;
  return Object.keys(environment)
    .filter((name) => name.startsWith('ASSAY_') && !known.includes(name))
    .map((name) => {
      const meant = closestName(name, known);
      const fix = meant
        ? `did you mean ${meant}?`
        : 'remove it, or see .env.example for the variables there are.';
      return {
        pointer: `/${name}`,
        message: `${name}=${printable(name, environment[name] ?? '')}: Assay knows no such variable; ${fix}`,
      };
    });
}

function contradictions(environment: Record<string, string>): Fault[] {
  return [...twoRedis(environment), ...nowhereToArchive(environment)];
}

function nowhereToArchive(environment: Record<string, string>): Fault[] {
  const keepsFiles = !environment['ASSAY_DATA_DIR']?.startsWith('memory://');
  if (!environment['ASSAY_RETENTION'] || environment['ASSAY_ARCHIVE_DIR'] || keepsFiles) return [];
  const shown = printable('ASSAY_RETENTION', environment['ASSAY_RETENTION']);
  return [
    {
      pointer: '/ASSAY_RETENTION',
      message: `ASSAY_RETENTION=${shown}: there is no place for the archive, as ASSAY_DATA_DIR is in memory; set ASSAY_ARCHIVE_DIR.`,
    },
  ];
}

function twoRedis(environment: Record<string, string>): Fault[] {
  if (!environment['REDIS_URL'] || !environment['REDIS_NODES']) return [];
  const shown = printable('REDIS_NODES', environment['REDIS_NODES']);
  return [
    {
      pointer: '/REDIS_NODES',
      message: `REDIS_NODES=${shown}: REDIS_URL is set as well; keep REDIS_URL for one Redis or REDIS_NODES for a cluster, not both.`,
    },
  ];
}

/** What is kept in memory alone has no directory to spool to. */
function spoolDirectoryOf(given: string | undefined, dataDirectory: string): string | null {
  if (given !== undefined) return given === '' ? null : given;
  return dataDirectory.startsWith('memory://') ? null : `${dataDirectory}/spool`;
}

function archiveDirectoryOf(given: string | undefined, dataDirectory: string): string | null {
  return given ?? (dataDirectory.startsWith('memory://') ? null : `${dataDirectory}/archive`);
}

function configurationOf(
  variables: ReturnType<typeof ENVIRONMENT.parse>,
  isTerminal: boolean,
): Configuration {
  return {
    port: variables.PORT,
    host: variables.HOST,
    databaseUrl: variables.DATABASE_URL,
    databasePool: variables.ASSAY_DATABASE_POOL,
    dataDirectory: variables.ASSAY_DATA_DIR,
    spoolDirectory: spoolDirectoryOf(variables.ASSAY_SPOOL_DIR, variables.ASSAY_DATA_DIR),
    spoolMegabytes: variables.ASSAY_SPOOL_MEGABYTES,
    retention: variables.ASSAY_RETENTION ?? null,
    generationLog: variables.ASSAY_GENERATION_LOG,
    redact: variables.ASSAY_REDACT,
    generationRetention: variables.ASSAY_GENERATION_RETENTION ?? null,
    archiveDirectory: archiveDirectoryOf(variables.ASSAY_ARCHIVE_DIR, variables.ASSAY_DATA_DIR),
    redisUrl: variables.REDIS_URL,
    redisNodes: variables.REDIS_NODES,
    anthropicApiKey: variables.ANTHROPIC_API_KEY,
    anthropicBaseUrl: variables.ANTHROPIC_BASE_URL,
    openaiApiKey: variables.OPENAI_API_KEY,
    openaiBaseUrl: variables.OPENAI_BASE_URL,
    pricesFile: variables.ASSAY_PRICES,
    model: variables.ASSAY_MODEL,
    adminKey: variables.ASSAY_ADMIN_KEY,
    secrets: variables.ASSAY_SECRETS,
    corsOrigins: variables.ASSAY_CORS_ORIGINS,
    trustProxy: variables.ASSAY_TRUST_PROXY,
    logLevel: variables.ASSAY_LOG_LEVEL,
    logFormat: variables.ASSAY_LOG_FORMAT ?? (isTerminal ? 'text' : 'json'),
    simulatedTimeScale: variables.ASSAY_SIMULATED_TIME_SCALE,
    environment: variables.NODE_ENV,
  };
}

/**
 * The configuration that the environment variables describe.
 * `isTerminal` says whether the output is read by a person; it chooses the default log format.
 *
 * @throws AssayError INVALID_CONFIGURATION that lists every bad variable at once: value (secrets masked), reason and fix.
 * @example readConfiguration({ PORT: '8080' }).port // 8080
 */
export function readConfiguration(environment: Environment, isTerminal = false): Configuration {
  const variables = present(environment);
  const result = ENVIRONMENT.safeParse(variables, inOurWords);
  const invalid = (result.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]);
    return {
      pointer: `/${name}`,
      message: `${name}=${printable(name, variables[name] ?? '')}: ${issue.message}.`,
    };
  });
  const faults = [...invalid, ...contradictions(variables), ...unknownVariables(variables)];
  if (faults.length === 0 && result.success) return configurationOf(result.data, isTerminal);
  const lines = faults.map((fault) => `  - ${fault.message}`).join('\n');
  throw new AssayError(
    'INVALID_CONFIGURATION',
    `Assay cannot start: ${faults.length} environment variable(s) are wrong:\n${lines}`,
    faults,
  );
}
