import { signal } from '@preact/signals';
import type { ExperimentView } from '../api/contract.js';
import { announce } from '../api/live.js';
import { experimentIn, perform, problemIn } from './send.js';
import type { Undo } from './undo.js';

/** What was just done, or why it could not be taken back. */
export interface Notice {
  readonly words: string;
  readonly failed: boolean;
  /** How to take it back; null where nothing does. */
  readonly undo: Undo | null;
  /** The experiment as it was left: what is said of undoing holds as long as it is that. Null = whatever becomes of it. */
  readonly left: ExperimentView | null;
}

/** The latest; null before the first, and once it was put away. */
export const notice = signal<Notice | null>(null);

/** Shows it until it is put away, until the next, or until it does not hold any more. */
export function notify(
  words: string,
  { undo = null, left = null, failed = false }: Partial<Notice> = {},
): void {
  notice.value = { words, failed, undo, left };
}

/**
 * Takes back what was done to the experiment; someone else's change meanwhile stops it.
 *
 * @throws Problem when the server refuses, with nothing done
 */
export async function takeBack({ name, requests }: Undo, left: ExperimentView): Promise<void> {
  const [first, ...further] = requests;
  let after = experimentIn(await perform(first, left.version));
  try {
    for (const wanted of further) after = experimentIn(await perform(wanted, after?.version ?? null));
    notify(`Undone by: ${name.toLowerCase()}.`, { left: after });
  } catch (error) {
    notify(`Taken back in part only. ${problemIn(error).message}`, { left: after, failed: true });
  }
  announce(left.key);
}
