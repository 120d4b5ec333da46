/**
 * Loaded before a server by `--import`: ends it with SIGKILL at a point with a name, at the n-th time it gets there, and leaves
 * a file that says so. Nothing of the server knows of it.
 *
 * STOP_POINT the name, STOP_POINT_AT n, STOP_POINT_MARK the file.
 */
import { writeFileSync } from 'node:fs';
import files, { type FileHandle } from 'node:fs/promises';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import type { Client } from 'pg';

const { STOP_POINT: point = '', STOP_POINT_AT: at = '1', STOP_POINT_MARK: mark = '' } = process.env;
let passed = 0;

/** Ends the process if this is the point, for the n-th time. */
function reach(name: string): boolean {
  if (name !== point) return false;
  passed += 1;
  if (passed < Number(at)) return false;
  writeFileSync(mark, point);
  process.kill(process.pid, 'SIGKILL');
  return true;
}

type Query = (...input: unknown[]) => unknown;
type Kind = 'outcomes' | 'exposures' | 'migration' | 'other';
const kinds = new WeakMap<object, Kind>();

/** What a transaction is about, by the statements that it has sent. */
function kindOf(client: object, text: string): Kind {
  const before = kinds.get(client) ?? 'other';
  const kind = /^\s*(START TRANSACTION|BEGIN)/i.test(text)
    ? 'other'
    : /INSERT INTO outcome /.test(text)
      ? 'outcomes'
      : /INSERT INTO exposure /.test(text) && before !== 'outcomes'
        ? 'exposures'
        : /assay_migration/.test(text)
          ? 'migration'
          : before;
  kinds.set(client, kind);
  return kind;
}

function patchDatabase(): void {
  const { Client } = createRequire(import.meta.url)('pg') as { Client: { prototype: Client } };
  const prototype = Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  prototype.query = function (this: object, ...input) {
    const [first] = input;
    const text = typeof first === 'string' ? first : ((first as { text?: string } | null)?.text ?? '');
    const kind = kindOf(this, text);
    if (kind === 'migration' && /CREATE TABLE unit_total/.test(text))
      reach('migration: between two statements');
    if (text !== 'COMMIT') return query.apply(this, input);
    reach(`${kind}: before COMMIT is sent`);
    const result = query.apply(this, input) as Promise<unknown>;
    // By the next turn of the event loop the bytes are with the system.
    setImmediate(() => reach(`${kind}: after COMMIT is sent`));
    return result.then((answer) => {
      reach(`${kind}: after the commit, before the answer`);
      return answer;
    });
  };
}

/** The methods of open files, as functions that are told which file. */
interface Patched {
  appendFile: (this: FileHandle, ...input: Parameters<FileHandle['appendFile']>) => Promise<void>;
  datasync: (this: FileHandle) => Promise<void>;
}

/** Only the spool appends to a file that it holds open. */
async function patchFiles(): Promise<void> {
  const file = await files.open('/dev/null');
  const prototype = Object.getPrototypeOf(file) as Patched;
  await file.close();
  const { appendFile, datasync } = prototype;
  prototype.appendFile = async function (this: FileHandle, data, ...rest) {
    if (point === 'spool: during the append' && passed + 1 >= Number(at) && Buffer.isBuffer(data))
      await this.write(data.subarray(0, data.length >> 1));
    reach('spool: during the append');
    return appendFile.call(this, data, ...rest);
  };
  prototype.datasync = async function (this: FileHandle) {
    reach('spool: before the sync');
    await datasync.call(this);
    reach('spool: after the sync, before the answer');
  };
  const { rm } = files;
  files.rm = async (path, ...rest) => {
    if (String(path).endsWith('.spool')) reach('drain: after the commit, before the file is deleted');
    return rm(path, ...rest);
  };
  syncBuiltinESMExports();
}

if (isMainThread && point !== '') {
  patchDatabase();
  await patchFiles();
}
