import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { calcPrice } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { AssayError } from '../../../src/operations/assay-error.js';
import { VARIABLE_NAMES } from '../../../src/operations/configuration/environment.js';
import {
  readConfiguration,
  type Environment,
} from '../../../src/operations/configuration/read-configuration.js';

function refusalOf(environment: Environment): AssayError {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof AssayError) return error;
    throw error;
  }
  throw new Error('The configuration was accepted');
}

const long = (letter: string): string => letter.repeat(32);

describe('readConfiguration', () => {
  it('needs nothing: every variable has a default', () => {
    expect(readConfiguration({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      databaseUrl: undefined,
      databasePool: 10,
      dataDirectory: './data',
      spoolDirectory: './data/spool',
      spoolMegabytes: 256,
      retention: null,
      archiveDirectory: './data/archive',
      redisUrl: undefined,
      redisNodes: [],
      anthropicApiKey: undefined,
      anthropicBaseUrl: undefined,
      openaiApiKey: undefined,
      openaiBaseUrl: undefined,
      pricesFile: undefined,
      model: 'claude-haiku-4-5',
      adminKey: undefined,
      secrets: [],
      corsOrigins: [],
      trustProxy: false,
      logLevel: 'log',
      logFormat: 'json',
      simulatedTimeScale: 1,
      generationLog: { mode: 'full', share: 0.1 },
      generationRetention: null,
      redact: [],
      environment: 'development',
    });
  });

  it('writes text to a terminal and JSON elsewhere, unless told', () => {
    expect(readConfiguration({}, true).logFormat).toBe('text');
    expect(readConfiguration({ ASSAY_LOG_FORMAT: 'json' }, true).logFormat).toBe('json');
  });

  it('keeps the spool with the data, unless told otherwise or told nothing at all', () => {
    expect(readConfiguration({ ASSAY_DATA_DIR: '/srv/assay' }).spoolDirectory).toBe('/srv/assay/spool');
    expect(readConfiguration({ ASSAY_DATA_DIR: 'memory://' }).spoolDirectory).toBeNull();
    expect(readConfiguration({ ASSAY_SPOOL_DIR: '/var/spool/assay' }).spoolDirectory).toBe(
      '/var/spool/assay',
    );
    expect(readConfiguration({ ASSAY_SPOOL_DIR: ' ' }).spoolDirectory).toBeNull();
    expect(readConfiguration({ ASSAY_SPOOL_MEGABYTES: '8' }).spoolMegabytes).toBe(8);
    expect(refusalOf({ ASSAY_SPOOL_MEGABYTES: '0' }).message).toContain('ASSAY_SPOOL_MEGABYTES=0');
  });

  it('keeps everything unless it is told for how long, and archives with the data unless told where', () => {
    expect(readConfiguration({ ASSAY_RETENTION: ' ' }).retention).toBeNull();
    expect(readConfiguration({ ASSAY_RETENTION: 'P90D', ASSAY_DATA_DIR: '/srv/assay' })).toMatchObject({
      retention: 'P90D',
      archiveDirectory: '/srv/assay/archive',
    });
    expect(readConfiguration({ ASSAY_ARCHIVE_DIR: '/srv/archive' }).archiveDirectory).toBe('/srv/archive');
    expect(readConfiguration({ ASSAY_DATA_DIR: 'memory://' }).archiveDirectory).toBeNull();
  });

  it.each(['PT23H', 'P1M', '90', 'P90D '.repeat(2)])('refuses to keep outcomes for %j', (retention) => {
    expect(refusalOf({ ASSAY_RETENTION: retention }).message).toContain('ASSAY_RETENTION=');
  });

  it('refuses a retention that has no place for the archive', () => {
    const memory = { ASSAY_RETENTION: 'P90D', ASSAY_DATA_DIR: 'memory://' };
    expect(refusalOf(memory).message).toContain('set ASSAY_ARCHIVE_DIR');
    expect(readConfiguration({ ...memory, ASSAY_ARCHIVE_DIR: '/srv/archive' }).retention).toBe('P90D');
  });

  it('reads what is set, trimmed, and takes an empty variable for none', () => {
    const configuration = readConfiguration({
      PORT: ' 8080 ',
      REDIS_URL: '',
      REDIS_NODES: 'redis-1:6379, [::1]:6380',
      ASSAY_SECRETS: `${long('a')},${long('b')}`,
      ASSAY_CORS_ORIGINS: 'https://app.example.com, http://localhost:5173',
      ASSAY_TRUST_PROXY: '10.0.0.0/8, 127.0.0.1',
    });
    expect(configuration).toMatchObject({
      port: 8080,
      redisNodes: [
        { host: 'redis-1', port: 6379 },
        { host: '::1', port: 6380 },
      ],
      secrets: [long('a'), long('b')],
      corsOrigins: ['https://app.example.com', 'http://localhost:5173'],
      trustProxy: '10.0.0.0/8,127.0.0.1',
    });
    expect(readConfiguration({ ASSAY_TRUST_PROXY: '2' }).trustProxy).toBe(2);
    expect(readConfiguration({ ASSAY_TRUST_PROXY: 'true' }).trustProxy).toBe(true);
  });

  it('has a default model whose price is known', () => {
    expect(
      calcPrice({ input_tokens: 1000 }, readConfiguration({}).model, { providerId: 'anthropic' }),
    ).not.toBeNull();
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '3000.5'],
    ['PORT', '-1'],
    ['PORT', '1e3'],
    ['HOST', 'not a host'],
    ['DATABASE_URL', 'mysql://localhost/assay'],
    ['DATABASE_URL', 'localhost:5432'],
    ['REDIS_URL', 'http://localhost'],
    ['REDIS_NODES', 'redis-1'],
    ['REDIS_NODES', 'redis-1:99999'],
    ['ANTHROPIC_BASE_URL', 'ftp://x'],
    ['ANTHROPIC_API_KEY', 'two words'],
    ['ASSAY_ADMIN_KEY', 'short'],
    ['ASSAY_SECRETS', `${long('a')},short`],
    ['ASSAY_CORS_ORIGINS', '*'],
    ['ASSAY_CORS_ORIGINS', 'https://app.example.com/path'],
    ['ASSAY_TRUST_PROXY', 'yes'],
    ['ASSAY_LOG_LEVEL', 'loud'],
    ['ASSAY_LOG_FORMAT', 'xml'],
    ['ASSAY_SIMULATED_TIME_SCALE', 'NaN'],
    ['ASSAY_SIMULATED_TIME_SCALE', '1000'],
    ['ASSAY_DATABASE_POOL', '0'],
    ['NODE_ENV', 'staging'],
  ])('refuses %s=%s', (name, value) => {
    const refusal = refusalOf({ [name]: value });
    expect(refusal.code).toBe('INVALID_CONFIGURATION');
    expect(refusal.faults.map((fault) => fault.pointer)).toEqual([`/${name}`]);
  });

  it('lists every bad variable at once, with value, reason and fix', () => {
    const refusal = refusalOf({
      PORT: 'x',
      ASSAY_LOG_LEVEL: 'loud',
      ASSAY_PRT: '1',
      REDIS_URL: 'redis://h',
      REDIS_NODES: 'h:1',
    });
    expect(refusal.faults).toHaveLength(4);
    expect(refusal.message).toContain('4 environment variable(s)');
    expect(refusal.message).toContain(
      'PORT=x: must be a whole number from 0 to 65535; for example PORT=3000.',
    );
    expect(refusal.message).toContain(
      'ASSAY_LOG_LEVEL=loud: must be one of fatal, error, warn, log, debug, verbose',
    );
    expect(refusal.message).toContain('REDIS_URL is set as well');
  });

  it('takes an unknown ASSAY_ variable for a slip and names the one that was meant', () => {
    expect(refusalOf({ ASSAY_ADMINKEY: long('k') }).message).toContain('did you mean ASSAY_ADMIN_KEY?');
    expect(refusalOf({ ASSAY_WHOLLY_UNRELATED_THING: '1' }).message).toContain('see .env.example');
    expect(readConfiguration({ PATH: '/usr/bin', SOME_OTHER: '1' }).port).toBe(3000);
  });

  it('never repeats a secret', () => {
    const refusal = refusalOf({
      ASSAY_ADMIN_KEY: 'hunter2',
      ASSAY_SECRETS: 'hunter2',
      ANTHROPIC_API_KEY: 'hunter2 hunter2',
      DATABASE_URL: 'mysql://me:hunter2@localhost/assay',
      ASSAY_ADMINKEY: 'hunter2',
    });
    expect(refusal.faults).toHaveLength(5);
    expect(refusal.message).not.toContain('hunter2');
    expect(refusal.message).toContain('mysql://me:***@localhost/assay');
  });

  it('either reads or refuses any text in any variable, and never throws anything else', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...VARIABLE_NAMES), fc.string({ unit: 'binary' })),
        (environment) => {
          try {
            readConfiguration(environment);
          } catch (error) {
            expect(error).toMatchObject({ code: 'INVALID_CONFIGURATION' });
          }
        },
      ),
    );
  });
});

describe('.env.example', () => {
  const lines = readFileSync('.env.example', 'utf8').split('\n');
  const settings = lines.flatMap((line) => /^#?([A-Z_]+)=(.*?) #/.exec(line)?.slice(1, 3) ?? []);

  it('has one line for every variable, in order, and no other', () => {
    expect(settings.filter((_, position) => position % 2 === 0)).toEqual(VARIABLE_NAMES);
  });

  it('describes the defaults in the lines that are not commented out', () => {
    const active = lines.flatMap((line) => {
      const [, name, value] = /^([A-Z_]+)=(.*?) #/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    });
    expect(active.length).toBeGreaterThan(5);
    expect(readConfiguration(Object.fromEntries(active))).toEqual(readConfiguration({}));
  });
});
