import { Duplex } from 'node:stream';

/** Where an {@link EmbeddedSocket} sends what the driver writes. */
export interface EmbeddedTransport {
  /** Announces a connection; throws when the database cannot take one. */
  attach(socket: EmbeddedSocket): void;
  /** Bytes of the PostgreSQL protocol, whole messages only. */
  send(socket: EmbeddedSocket, bytes: Uint8Array): void;
  /** The connection is over: whatever it left open is rolled back. */
  detach(socket: EmbeddedSocket): void;
}

const TERMINATE = 0x58;

/** The part of `net.Socket` that the `pg` driver uses, carried to the embedded database instead of a network. */
export class EmbeddedSocket extends Duplex {
  private attached = false;

  constructor(
    readonly id: number,
    private readonly transport: EmbeddedTransport,
  ) {
    super();
  }

  connect(): this {
    process.nextTick(() => {
      if (this.destroyed) return;
      try {
        this.transport.attach(this);
        this.attached = true;
        this.emit('connect');
      } catch (error) {
        this.destroy(error as Error);
      }
    });
    return this;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.forward([chunk]);
    done();
  }

  /** One hop for everything the driver corked together: parse, bind, describe, execute and sync. */
  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.forward(chunks.map(({ chunk }) => chunk));
    done();
  }

  override _read(): void {
    // The database pushes; there is nothing to ask for.
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.detach();
    done(error);
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  private forward(chunks: readonly Buffer[]): void {
    const messages = chunks.filter((chunk) => !isTerminate(chunk));
    if (messages.length > 0) this.transport.send(this, Buffer.concat(messages));
    if (messages.length < chunks.length) {
      this.detach();
      this.push(null);
    }
  }

  private detach(): void {
    if (!this.attached) return;
    this.attached = false;
    this.transport.detach(this);
  }
}

function isTerminate(chunk: Buffer): boolean {
  return chunk.length === 5 && chunk[0] === TERMINATE;
}
