import { createScratchDatabase } from '../database/services.fixture.js';
import { TcpProxy } from '../database/tcp-proxy.fixture.js';
import { startServer, type Answer, type StartedServer } from './server.fixture.js';

const adminKey = 'the-key-of-this-test-is-long-enough';

/** A server that reaches its PostgreSQL through a proxy, which can cut it off. */
export interface ServerBehindProxy {
  readonly proxy: TcpProxy;
  readonly server: StartedServer;
  /** A request with the admin key. */
  call(method: string, path: string, body?: object): Promise<Answer>;
  close(): Promise<void>;
}

/** @param connected whether the server finds PostgreSQL when it starts */
export async function startBehindProxy(connected: boolean): Promise<ServerBehindProxy> {
  const database = await createScratchDatabase();
  const proxy = await TcpProxy.to(database.url);
  const { url } = proxy;
  if (!connected) await proxy.cut();
  const server = await startServer({ DATABASE_URL: url, ASSAY_ADMIN_KEY: adminKey });
  return {
    proxy,
    server,
    call: (method, path, body) => server.call(method, path, body, { authorization: `Bearer ${adminKey}` }),
    async close() {
      await server.close();
      await proxy.cut();
      await database.drop();
    },
  };
}
