/** What the main thread sends to the database thread. */
export type WorkerRequest =
  | { readonly type: 'data'; readonly connection: number; readonly bytes: Uint8Array }
  | { readonly type: 'reset' }
  | { readonly type: 'dump' }
  | { readonly type: 'close' };

/** What the database thread answers. */
export type WorkerReply =
  | { readonly type: 'ready' }
  | { readonly type: 'data'; readonly connection: number; readonly bytes: Uint8Array }
  | { readonly type: 'dumped'; readonly bytes: ArrayBuffer }
  | { readonly type: 'closed' }
  | { readonly type: 'failed'; readonly message: string };

/** How the database thread is started; paths are absolute, null means "in memory" or "no template". */
export interface WorkerStart {
  readonly library: string;
  readonly directory: string | null;
  readonly template: string | null;
}

/**
 * The source of the database thread. It is text because a worker cannot load TypeScript, and the same code
 * runs compiled, under a test runner and inside a bundle.
 *
 * - Requests run one after the other: PGlite is one session.
 * - `reset` ends what a vanished connection left behind; the leading Sync message ('S') ends the state in which
 *   the protocol skips everything after an error.
 * - An exception from the engine itself (not an SQL error, which is an ordinary answer) means that it is dead.
 */
export const workerSource = `
const { parentPort, workerData } = require('node:worker_threads');
const { readFileSync } = require('node:fs');
const { gunzipSync } = require('node:zlib');
const send = (reply, transfer) => parentPort.postMessage(reply, transfer);
const fail = (error) => { send({ type: 'failed', message: String(error && error.message || error) }); parentPort.close(); };

async function open() {
  const { PGlite } = require(workerData.library);
  const options = {};
  if (workerData.directory !== null) options.dataDir = workerData.directory;
  if (workerData.template !== null) {
    options.loadDataDir = new Blob([gunzipSync(readFileSync(workerData.template))], { type: 'application/x-tar' });
  }
  return PGlite.create(options);
}

function answer(database, request) {
  switch (request.type) {
    case 'data':
      return database.execProtocolRawStream(request.bytes, {
        onRawData: (data) => {
          const bytes = new Uint8Array(data);
          send({ type: 'data', connection: request.connection, bytes }, [bytes.buffer]);
        },
      });
    case 'reset':
      return database.execProtocolRaw(new Uint8Array([0x53, 0, 0, 0, 4]))
        .then(() => database.exec('ROLLBACK'))
        .then(() => database.exec('DISCARD ALL'));
    case 'dump':
      return database.exec('CHECKPOINT')
        .then(() => database.dumpDataDir('none'))
        .then((file) => file.arrayBuffer())
        .then((bytes) => send({ type: 'dumped', bytes }, [bytes]));
    case 'close':
      return database.close().then(() => { send({ type: 'closed' }); parentPort.close(); });
  }
}

open().then((database) => {
  let queue = Promise.resolve();
  parentPort.on('message', (request) => { queue = queue.then(() => answer(database, request)).catch(fail); });
  send({ type: 'ready' });
}).catch(fail);
`;
