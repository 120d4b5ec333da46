import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';

const asking = new AsyncLocalStorage<() => void>();
const waiting = new WeakMap<object, () => void>();
let watching = false;

/**
 * Runs work that sends a request by Node's fetch, and tells when its connection stands and its headers are sent. Fetch
 * itself says nothing before the answer's headers, which of a whole answer come only with the answer.
 */
export function whenConnected<Result>(connected: () => void, work: () => Result): Result {
  watch();
  return asking.run(connected, work);
}

function watch(): void {
  if (watching) return;
  watching = true;
  subscribe('undici:request:create', (message) => {
    const connected = asking.getStore();
    if (connected) waiting.set((message as { request: object }).request, connected);
  });
  subscribe('undici:client:sendHeaders', (message) => {
    waiting.get((message as { request: object }).request)?.();
  });
}
