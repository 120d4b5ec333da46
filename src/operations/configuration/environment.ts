import { z } from 'zod';
import { dayMilliseconds, durationMilliseconds, isDuration } from '../duration.js';
import { ENVIRONMENTS, GENERATION_LOG_MODES, LOG_FORMATS, LOG_LEVELS } from './configuration.js';

const SECRET_LENGTH = 32;
/** Units still arrive on a cohort day that is not over. */

const list = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

function refined(message: string, accepts: (text: string) => boolean) {
  return z.string().refine(accepts, message);
}

function wholeNumber(from: number, to: number, advice: string) {
  const message = `must be a whole number from ${from} to ${to}; ${advice}`;
  return refined(
    message,
    (text) => /^\d+$/.test(text) && Number(text) >= from && Number(text) <= to,
  ).transform(Number);
}

function oneOf<const Choices extends readonly [string, ...string[]]>(choices: Choices) {
  return z.enum(choices, `must be one of ${choices.join(', ')}; choose one of them or leave it out`);
}

function address(protocols: readonly string[], example: string) {
  return refined(
    `must be an address that begins with ${protocols.map((name) => `${name}//`).join(' or ')}; for example ${example}`,
    (text) =>
      URL.canParse(text) && protocols.includes(new URL(text).protocol) && new URL(text).hostname !== '',
  );
}

const isNode = (text: string): boolean =>
  /^(\[[0-9a-fA-F:]+\]|[^\s:[\]/]+):\d{1,5}$/.test(text) && Number(/\d+$/.exec(text)) < 65536;
const isOrigin = (text: string): boolean =>
  URL.canParse(text) && new URL(text).origin === text && text !== 'null';
const isAddressRange = (text: string): boolean =>
  /^([0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)(\/\d{1,3})?$|^(loopback|linklocal|uniquelocal)$/.test(text);

function node(text: string): { host: string; port: number } {
  const separator = text.lastIndexOf(':');
  return {
    host: text.slice(0, separator).replace(/^\[(.*)\]$/, '$1'),
    port: Number(text.slice(separator + 1)),
  };
}

function trustProxy(text: string): boolean | number | string {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d+$/.test(text) ? Number(text) : list(text).join(',');
}

const sampledShare = 0.1;

function generationLogSetting(text: string) {
  const [mode, share] = text.split(':');
  return {
    mode: mode as (typeof GENERATION_LOG_MODES)[number],
    share: share === undefined ? sampledShare : Number(share),
  };
}

const secretAdvice = 'generate one with: openssl rand -hex 32';

/** Which environment variables Assay reads, what each must look like, and its default. The one schema of the configuration. */
export const ENVIRONMENT = z.object({
  PORT: wholeNumber(0, 65535, 'for example PORT=3000').default(3000),
  HOST: refined('must be an IP address or a host name; for example HOST=127.0.0.1', (text) =>
    /^[A-Za-z0-9.:_[\]-]+$/.test(text),
  ).default('127.0.0.1'),
  DATABASE_URL: address(
    ['postgres:', 'postgresql:'],
    'postgres://user:password@localhost:5432/assay',
  ).optional(),
  ASSAY_DATABASE_POOL: wholeNumber(1, 1000, 'for example ASSAY_DATABASE_POOL=10').default(10),
  ASSAY_DATA_DIR: refined(
    'must be a path without NUL characters; for example ASSAY_DATA_DIR=./data',
    (text) => !text.includes('\0'),
  ).default('./data'),
  ASSAY_SPOOL_DIR: refined(
    'must be a path without NUL characters, or empty for no spool; for example ASSAY_SPOOL_DIR=./data/spool',
    (text) => !text.includes('\0'),
  ).optional(),
  ASSAY_SPOOL_MEGABYTES: wholeNumber(1, 1_000_000, 'for example ASSAY_SPOOL_MEGABYTES=256').default(256),
  ASSAY_RETENTION: refined(
    'must be an ISO 8601 duration of at least a day, without years and months, or empty to keep everything; for example ASSAY_RETENTION=P90D',
    (text) => isDuration(text) && durationMilliseconds(text) >= dayMilliseconds,
  ).optional(),
  ASSAY_ARCHIVE_DIR: refined(
    'must be a path without NUL characters; for example ASSAY_ARCHIVE_DIR=./data/archive',
    (text) => !text.includes('\0'),
  ).optional(),
  ASSAY_GENERATION_LOG: refined(
    'must be full, metadata, off, sampled, or sampled with a share from 0 to 1; for example sampled:0.05',
    (text) => /^(full|metadata|off|sampled(:(0(\.\d+)?|1(\.0+)?))?)$/.test(text),
  )
    .default('full')
    .transform(generationLogSetting),
  ASSAY_REDACT: z
    .string()
    .transform((text) => text.split(/\s+/).filter((pattern) => pattern !== ''))
    .default([]),
  ASSAY_GENERATION_RETENTION: refined(
    'must be an ISO 8601 duration of at least a day, without years and months, or empty to keep everything; for example ASSAY_GENERATION_RETENTION=P180D',
    (text) => isDuration(text) && durationMilliseconds(text) >= dayMilliseconds,
  ).optional(),
  REDIS_URL: address(['redis:', 'rediss:'], 'redis://localhost:6379').optional(),
  REDIS_NODES: refined(
    'must be host:port pairs separated by commas; for example redis-1:6379,redis-2:6379',
    (text) => list(text).every(isNode),
  )
    .transform((text) => list(text).map(node))
    .default([]),
  ANTHROPIC_API_KEY: refined(
    'must hold no spaces or line breaks; copy the key again, without quotes',
    (text) => /^\S+$/.test(text),
  ).optional(),
  ANTHROPIC_BASE_URL: address(['http:', 'https:'], 'https://api.anthropic.com').optional(),
  OPENAI_API_KEY: refined('must hold no spaces or line breaks; copy the key again, without quotes', (text) =>
    /^\S+$/.test(text),
  ).optional(),
  OPENAI_BASE_URL: address(['http:', 'https:'], 'https://api.openai.com/v1').optional(),
  ASSAY_PRICES: refined(
    'must be a path without NUL characters; for example ASSAY_PRICES=./prices.json',
    (text) => !text.includes('\0'),
  ).optional(),
  ASSAY_MODEL: refined('must be a model name without spaces; for example claude-haiku-4-5', (text) =>
    /^[\w.:/@-]{1,128}$/.test(text),
  ).default('claude-haiku-4-5'),
  ASSAY_ADMIN_KEY: refined(
    `must have at least ${SECRET_LENGTH} characters and no spaces; ${secretAdvice}`,
    (text) => text.length >= SECRET_LENGTH && /^[\x21-\x7e]+$/.test(text),
  ).optional(),
  ASSAY_SECRETS: refined(
    `must be secrets separated by commas, newest first, each of at least ${SECRET_LENGTH} characters; ${secretAdvice}`,
    (text) => list(text).length > 0 && list(text).every((secret) => secret.length >= SECRET_LENGTH),
  )
    .transform(list)
    .default([]),
  ASSAY_CORS_ORIGINS: refined(
    'must be exact origins (scheme, host, port; no path, no *) separated by commas; for example https://app.example.com',
    (text) => list(text).every(isOrigin),
  )
    .transform(list)
    .default([]),
  ASSAY_TRUST_PROXY: refined(
    'must be true, false, a number of hops, or addresses and ranges separated by commas; for example 10.0.0.0/8',
    (text) =>
      /^(true|false|\d{1,2})$/.test(text) || (list(text).length > 0 && list(text).every(isAddressRange)),
  )
    .transform(trustProxy)
    .default(false),
  ASSAY_LOG_LEVEL: oneOf(LOG_LEVELS).default('log'),
  ASSAY_LOG_FORMAT: oneOf(LOG_FORMATS).optional(),
  ASSAY_SIMULATED_TIME_SCALE: refined(
    'must be a number from 0 to 100 (0 answers at once, 1 in real time); for example 0.1',
    (text) => /^\d+(\.\d+)?$/.test(text) && Number(text) <= 100,
  )
    .transform(Number)
    .default(1),
  NODE_ENV: oneOf(ENVIRONMENTS).default('development'),
});

/** The name of a variable of {@link ENVIRONMENT}. */
export type VariableName = keyof typeof ENVIRONMENT.shape;

/** Every variable Assay reads, in the order of the schema. */
export const VARIABLE_NAMES = Object.keys(ENVIRONMENT.shape) as readonly VariableName[];
