import type { Change } from './change.js';

/** What a subscriber is: it may fail or be slow, and harms nobody else by it. */
export type ChangeListener = (change: Change) => void | Promise<void>;

/**
 * Tells this process what has changed, here or in another process.
 *
 * - Only what was committed is told; a change of this process is told before `Transactions.run` resolves.
 * - A change may be told more than once and out of order: compare versions.
 * - `resync` is told whenever changes of other processes may have been missed.
 */
export abstract class ChangeFeed {
  /** Calls the listener for every change until the returned function is called. */
  abstract subscribe(listener: ChangeListener): () => void;
}
