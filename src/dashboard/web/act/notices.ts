import { signal } from '@preact/signals';
import type { ExperimentView } from '../api/contract.js';
import { announce } from '../api/live.js';
import { experimentIn, isConflict, perform, problemIn } from './send.js';
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
 * Takes back what was done to the experiment; someone else's change meanwhile stops it. Where it stops half way the rest is
 * told, and offered unless it was such a change that stopped it.
 *
 * @throws Problem when the server refuses, with nothing done
 */
export async function takeBack({ name, request, then }: Undo, left: ExperimentView): Promise<void> {
  let after = experimentIn(await perform(request, left.version));
  let rest = then?.undo ?? null;
  try {
    while (rest) {
      after = experimentIn(await perform(rest.request, after?.version ?? null));
      rest = rest.then?.undo ?? null;
    }
    notify(`Undone by: ${name.toLowerCase()}.`, { left: after });
  } catch (error) {
    const problem = problemIn(error);
    const words = `Taken back in part only. ${problem.message} Still to be done: ${rest?.name.toLowerCase()}.`;
    notify(words, isConflict(problem) ? { failed: true } : { undo: rest, left: after, failed: true });
  }
  announce(left.key);
}
