import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { startProcess } from './child-process.mjs';

/** Assay's own server, as `npm start` runs it once it is built. */
export const assayServer = fileURLToPath(new URL('../dist/main.js', import.meta.url));

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(url) {
  try {
    return (await fetch(url)).status === 200;
  } catch {
    return false;
  }
}

/** Starts a server in a process of its own and waits until that path answers 200; milliseconds of that in `startup`. */
export async function startServer(script, { env = {}, path = '/health/ready', ...options } = {}) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const start = process.hrtime.bigint();
  const started = startProcess(script, {
    ...options,
    env: { PORT: String(port), HOST: '127.0.0.1', ...env },
  });
  while (!(await answers(url + path))) {
    await Promise.race([started.failed, new Promise((resolve) => setTimeout(resolve, 5))]);
  }
  return { ...started, url, startup: Number(process.hrtime.bigint() - start) / 1e6 };
}

/** Sends JSON and reads JSON; anything but a 2xx is an error. */
export async function send(url, body, method = 'POST') {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${text}`);
  return text === '' ? null : JSON.parse(text);
}
