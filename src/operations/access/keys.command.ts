import { parseArgs } from 'node:util';
import { AssayError } from '../assay-error.js';
import { SCOPES, type Scope } from '../scope.js';
import type { ApiKeyRecord } from './api-key.js';
import type { ApiKeyService } from './api-key.service.js';

/** Where the command writes: results on `out`, everything else on `err`. */
export interface CommandOutput {
  out(line: string): void;
  err(line: string): void;
}

const USAGE = `Usage:
  npm run keys -- create --scope <${SCOPES.join('|')}> --name <name>
  npm run keys -- list [--json]
  npm run keys -- revoke <selector>`;

const LONGEST_NAME = 100;
const OPTIONS = {
  scope: { type: 'string' },
  name: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** A command line that asks for nothing we can do. */
class UsageError extends Error {}

type Task = (keys: ApiKeyService, output: CommandOutput) => Promise<void>;

function scopeOf(text: string | undefined): Scope {
  const scope = SCOPES.find((known) => known === text);
  if (!scope)
    throw new UsageError(
      `--scope is ${text === undefined ? 'missing' : `"${text}"`}; give one of ${SCOPES.join(', ')}.`,
    );
  return scope;
}

function nameOf(text: string | undefined): string {
  const isPlain =
    text !== undefined && text.length <= LONGEST_NAME && /^[^\p{Cc}\p{Surrogate}]+$/u.test(text);
  if (!isPlain)
    throw new UsageError(
      `--name must have 1 to ${LONGEST_NAME} printable characters; for example --name ci.`,
    );
  return text;
}

function lineOf(record: ApiKeyRecord): string {
  const state = record.revokedAt ? `revoked ${record.revokedAt.toISOString()}` : 'in use';
  const lastUse = record.lastUsedAt ? `last used ${record.lastUsedAt.toISOString()}` : 'never used';
  return [
    record.selector,
    record.scope.padEnd(8),
    record.createdAt.toISOString(),
    state,
    lastUse,
    record.name,
  ].join('  ');
}

function create(scope: Scope, name: string): Task {
  return async (keys, output) => {
    const { key, record } = await keys.create(scope, name);
    output.out(key);
    output.err(`Created ${record.scope} key ${record.selector}. It is shown this once: store it now.`);
  };
}

function list(asJson: boolean): Task {
  return async (keys, output) => {
    const records = await keys.list();
    if (asJson) output.out(JSON.stringify(records.map((record) => ({ ...record, verifier: undefined }))));
    else for (const record of records) output.out(lineOf(record));
    if (records.length === 0) output.err('There are no keys yet.');
  };
}

function revoke(selector: string | undefined): Task {
  if (selector === undefined)
    throw new UsageError('The selector of the key is missing; "list" shows the selectors.');
  return async (keys, output) => {
    await keys.revoke(selector);
    output.err(`Revoked ${selector}. Servers refuse it within 2 seconds.`);
  };
}

function taskOf(words: readonly string[]): Task {
  const { values, positionals } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  const [command, selector, ...rest] = positionals;
  if (values.help) return (_keys, output) => Promise.resolve(output.out(USAGE));
  if (rest.length > 0 || (selector !== undefined && command !== 'revoke'))
    throw new UsageError('There are too many words.');
  switch (command) {
    case 'create':
      return create(scopeOf(values.scope), nameOf(values.name));
    case 'list':
      return list(values.json);
    case 'revoke':
      return revoke(selector);
    case undefined:
      throw new UsageError('No command was given.');
    default:
      throw new UsageError(`"${command}" is no command.`);
  }
}

/**
 * Does what `npm run keys -- <words>` asks for.
 *
 * @param withKeys opens the database, hands its keys over and closes it again; not called when the words make no sense
 * @returns the exit code: 0 done, 1 failed, 2 not understood
 */
export async function runKeysCommand(
  words: readonly string[],
  withKeys: (work: (keys: ApiKeyService) => Promise<void>) => Promise<void>,
  output: CommandOutput,
): Promise<number> {
  let task: Task;
  try {
    task = taskOf(words);
  } catch (error) {
    output.err(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  try {
    await withKeys((keys) => task(keys, output));
    return 0;
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    output.err(`${error.code}: ${error.message}`);
    return 1;
  }
}
