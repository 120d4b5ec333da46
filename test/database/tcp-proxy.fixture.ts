import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A stretch of network in front of a service that can be cut, restored, made silent and made slow. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private silent = false;
  private lateness = 0;

  private constructor(
    private readonly target: URL,
    private readonly server: Server,
  ) {
    server.on('connection', (socket) => this.accept(socket));
  }

  static async to(address: string): Promise<TcpProxy> {
    const server = createServer();
    const proxy = new TcpProxy(new URL(address), server);
    await proxy.listen(0);
    return proxy;
  }

  /** The service's address by way of this proxy. */
  get url(): string {
    const url = new URL(this.target.href);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo | null)?.port ?? this.port);
    return url.href;
  }

  private port = 0;

  /** Nobody answers any more: open connections are reset and new ones refused. */
  async cut(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** The service is reachable again, at the same address. */
  async restore(): Promise<void> {
    this.silent = false;
    await this.listen(this.port);
  }

  /** Connections stay open, and nothing passes. */
  silence(): void {
    this.silent = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** What was held back passes, and all that follows. */
  speak(): void {
    this.silent = false;
    for (const socket of this.sockets) socket.resume();
  }

  /** From now on everything the service says arrives that many milliseconds late. */
  slow(milliseconds: number): void {
    this.lateness = milliseconds;
  }

  private async listen(port: number): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  private accept(near: Socket): void {
    const far = connect(Number(this.target.port), this.target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.on('data', (bytes) => {
        if (this.lateness === 0 || socket === near) other.write(bytes);
        else setTimeout(() => other.write(bytes), this.lateness);
      });
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
      if (this.silent) socket.pause();
    }
  }
}
