import { signal } from '@preact/signals';

/** When the server was last heard, in milliseconds of this machine; null before. */
export const heardAt = signal<number | null>(null);
/** Whether its database answers. */
export const database = signal<'ready' | 'away'>('ready');

/** What the server says that has changed: one experiment, or (null) anything. */
export type LiveListener = (experiment: string | null) => void;

const listeners = new Set<LiveListener>();
let source: EventSource | null = null;
let retry: number | undefined;
let wanted = false;
let refused: () => void = () => undefined;
const retryMilliseconds = 2_000;

/** Calls the listener for all that changes until the returned function is called. */
export function onChange(listener: LiveListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells the listeners of a change that this page has just made, without waiting to hear of it. */
export function announce(experiment: string): void {
  for (const listener of listeners) listener(experiment);
}

/** Called when the server refuses to be listened to; that is tried again all the same. */
export function whenRefused(listener: () => void): void {
  refused = listener;
}

/** Begins to listen to `v1/live`, while the page is looked at: a browser has only a few connections for all its tabs. */
export function connect(): void {
  wanted = true;
  source?.close();
  clearTimeout(retry);
  if (document.hidden) return;
  source = new EventSource('v1/live');
  source.addEventListener('beat', (event) => {
    heardAt.value = Date.now();
    database.value = (JSON.parse(String(event.data)) as { database: 'ready' | 'away' }).database;
  });
  source.addEventListener('change', (event) => {
    const { experiment } = JSON.parse(String(event.data)) as { experiment: string | null };
    for (const listener of listeners) listener(experiment);
  });
  source.addEventListener('error', () => {
    // The browser connects again by itself after a lost connection, and not after a refusal, such as of a proxy.
    if (source?.readyState !== EventSource.CLOSED) return;
    retry = window.setTimeout(connect, retryMilliseconds);
    refused();
  });
}

/** Listens no more. */
export function disconnect(): void {
  wanted = false;
  source?.close();
  clearTimeout(retry);
}

document.addEventListener('visibilitychange', () => {
  if (!wanted) return;
  if (document.hidden) {
    source?.close();
    heardAt.value = null;
  } else {
    connect();
    // What changed meanwhile nobody told.
    for (const listener of listeners) listener(null);
  }
});
