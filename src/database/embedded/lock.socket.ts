import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';

/** A socket file, or a port of 127.0.0.1 where the file system has no sockets or the path is too long for one. */
export type LockAddress = string | number;

/** The longest path that every Unix accepts for a socket file (104 bytes on macOS, 108 on Linux, with the final zero). */
const LONGEST_SOCKET_PATH = 103;
const NOBODY_LISTENS: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTSOCK']);
const ANSWER_DEADLINE_MILLISECONDS = 500;

/** Listens on behalf of a lock: whoever connects is told its token. It does not keep the process alive. */
export async function listenFor(
  directory: string,
  token: string,
): Promise<{ server: Server; address: LockAddress }> {
  const server = createServer((socket) => socket.on('error', () => socket.destroy()).end(token));
  const path = join(directory, `lock-${token.slice(0, 8)}.sock`);
  const address = await listenOnFile(server, path).catch(() => listenOnPort(server));
  server.unref();
  return { server, address };
}

/** Whether the process that wrote this record still lives. */
export async function isListening(record: {
  readonly pid: number;
  readonly token: string;
  readonly address: LockAddress;
}): Promise<boolean> {
  const answer = await ask(record.address);
  if (answer === 'refused') return false;
  // A socket file belongs to one token: whoever accepts there is its holder, even if it is stopped and says nothing.
  if (typeof record.address === 'string') return true;
  return answer === 'silent' ? processExists(record.pid) : answer.token === record.token;
}

function ask(address: LockAddress): Promise<'refused' | 'silent' | { readonly token: string }> {
  return new Promise((resolve) => {
    const socket = typeof address === 'string' ? connect(address) : connect(address, '127.0.0.1');
    let token = '';
    const settle = (refused: boolean): void => {
      socket.destroy();
      if (token !== '') resolve({ token });
      else resolve(refused ? 'refused' : 'silent');
    };
    socket.setTimeout(ANSWER_DEADLINE_MILLISECONDS, () => settle(false));
    socket.on('data', (bytes) => (token += bytes.toString('utf8')));
    socket.on('end', () => settle(false));
    socket.on('error', (error: NodeJS.ErrnoException) => settle(NOBODY_LISTENS.has(error.code ?? '')));
  });
}

function listenOnFile(server: Server, path: string): Promise<LockAddress> {
  if (process.platform === 'win32' || Buffer.byteLength(path) > LONGEST_SOCKET_PATH) {
    return Promise.reject(new Error('No socket file can be made here.'));
  }
  return listen(
    server,
    () => server.listen({ path }),
    () => path,
  );
}

function listenOnPort(server: Server): Promise<LockAddress> {
  return listen(
    server,
    () => server.listen({ host: '127.0.0.1', port: 0 }),
    () => {
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : 0;
    },
  );
}

function listen(server: Server, begin: () => void, address: () => LockAddress): Promise<LockAddress> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => {
      server.off('error', reject);
      resolve(address());
    });
    begin();
  });
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
