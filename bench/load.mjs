import autocannon from 'autocannon';
import { cpuMicroseconds } from './cpu.mjs';

/** Sends that many requests over 50 connections: requests per second, and the server's microseconds of processor time for each. */
export async function load(
  server,
  { amount, path, method = 'GET', body, connections = 50, pipelining = 1, paths },
) {
  const headers = method === 'POST' ? { 'content-type': 'application/json' } : {};
  let next = 0;
  const setupRequest = body
    ? (request) => ({ ...request, body: body() })
    : paths && ((request) => ({ ...request, path: paths[next++ % paths.length] }));
  const before = cpuMicroseconds(server.pid);
  const start = process.hrtime.bigint();
  const result = await autocannon({
    url: server.url,
    connections,
    pipelining,
    amount,
    requests: [{ method, path, headers, ...(setupRequest ? { setupRequest } : {}) }],
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (result['2xx'] !== amount || result.errors > 0) {
    throw new Error(
      `Of ${amount} requests to ${method} ${path}, ${result['2xx']} were answered 2xx; ${result.errors} errors, ${JSON.stringify(result.statusCodeStats)}.`,
    );
  }
  return {
    cpu: (cpuMicroseconds(server.pid) - before) / amount,
    perSecond: amount / seconds,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}
