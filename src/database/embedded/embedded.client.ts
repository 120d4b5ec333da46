import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { AssayError } from '../../operations/assay-error.js';
import { EmbeddedSocket, type EmbeddedTransport } from './embedded.socket.js';
import { workerSource, type WorkerReply, type WorkerRequest, type WorkerStart } from './embedded.worker.js';

/** The file of the PGlite library, found from here and not from the working directory. */
export const embeddedLibrary = createRequire(import.meta.url).resolve('@electric-sql/pglite');

const CLOSE_DEADLINE_MILLISECONDS = 10_000;

/**
 * A PostgreSQL in a thread of this process.
 *
 * - The event loop never waits for it: queries travel as messages.
 * - When the thread dies, every open connection fails at once and every later one is refused.
 * - It is one session: give it a pool of one connection.
 */
export class EmbeddedClient implements EmbeddedTransport {
  private readonly sockets = new Map<number, EmbeddedSocket>();
  private worker: Worker | null = null;
  private failure: AssayError | null = null;
  private closing = false;
  private connections = 0;
  private dumpFinished: { resolve: (bytes: ArrayBuffer) => void; reject: (error: Error) => void } | null =
    null;

  /** @param onFailure called once if the thread dies without having been closed */
  constructor(private readonly onFailure: (failure: AssayError) => void) {}

  /** Starts the thread; resolves when the database takes queries, rejects with the engine's own reason. */
  start(directory: string | null, template: string | null): Promise<void> {
    const workerData: WorkerStart = { library: embeddedLibrary, directory, template };
    const worker = new Worker(workerSource, { eval: true, workerData });
    return new Promise((resolve, reject) => {
      let started = false;
      // A half-started engine does not listen to a request to close: its thread is ended at once.
      const ended = (reason: string): void => {
        if (started) this.fail(reason);
        else void worker.terminate().then(() => reject(new Error(reason)));
      };
      worker.on('error', (error) => ended(`its thread threw: ${error.message}`));
      worker.on('exit', (code) => ended(`its thread ended with code ${code}`));
      worker.on('message', (reply: WorkerReply) => {
        if (reply.type === 'failed') return ended(reply.message);
        if (reply.type !== 'ready') return this.receive(reply);
        started = true;
        this.worker = worker;
        resolve();
      });
    });
  }

  /** A new connection for the `pg` driver's `stream` option. */
  socket(): EmbeddedSocket {
    return new EmbeddedSocket(++this.connections, this);
  }

  /** The whole database as an uncompressed tar, as it is after everything sent so far. */
  dump(): Promise<ArrayBuffer> {
    return new Promise((resolve, reject) => {
      this.dumpFinished = { resolve, reject };
      this.post({ type: 'dump' });
    });
  }

  /** Writes everything down and ends the thread. Close the pool first. */
  async close(): Promise<void> {
    const worker = this.worker;
    if (worker === null || this.closing) return;
    this.closing = true;
    if (this.failure === null) {
      await new Promise<void>((resolve) => {
        const deadline = setTimeout(resolve, CLOSE_DEADLINE_MILLISECONDS);
        worker.once('exit', () => {
          clearTimeout(deadline);
          resolve();
        });
        worker.postMessage({ type: 'close' } satisfies WorkerRequest);
      });
    }
    await worker.terminate();
  }

  attach(socket: EmbeddedSocket): void {
    if (this.failure !== null) throw this.failure;
    if (this.worker === null || this.closing) throw unavailable('it is closed');
    this.sockets.set(socket.id, socket);
  }

  send(socket: EmbeddedSocket, bytes: Uint8Array): void {
    this.post({ type: 'data', connection: socket.id, bytes });
  }

  detach(socket: EmbeddedSocket): void {
    if (this.sockets.delete(socket.id)) this.post({ type: 'reset' });
  }

  private post(request: WorkerRequest): void {
    if (this.failure === null && !this.closing) this.worker?.postMessage(request);
  }

  private receive(reply: Exclude<WorkerReply, { type: 'ready' | 'failed' }>): void {
    switch (reply.type) {
      case 'data':
        this.sockets.get(reply.connection)?.push(Buffer.from(reply.bytes.buffer));
        return;
      case 'dumped':
        this.dumpFinished?.resolve(reply.bytes);
        this.dumpFinished = null;
        return;
      case 'closed':
    }
  }

  private fail(reason: string): void {
    if (this.closing || this.failure !== null) return;
    const failure = unavailable(reason);
    this.failure = failure;
    for (const socket of this.sockets.values()) socket.destroy(failure);
    this.sockets.clear();
    this.dumpFinished?.reject(failure);
    this.dumpFinished = null;
    this.onFailure(failure);
  }
}

function unavailable(reason: string): AssayError {
  return new AssayError(
    'DATABASE_UNAVAILABLE',
    `The embedded database has stopped: ${reason}. Restart the process; every acknowledged row is kept.`,
  );
}
