import { signal } from '@preact/signals';
import { announce } from '../api/live.js';
import { experimentIn, perform, problemIn } from './send.js';
import type { Undo } from './undo.js';

/** What was just done, or why it could not be taken back. */
export interface Notice {
  readonly words: string;
  readonly failed: boolean;
  /** How to take it back, from the version it left. */
  readonly undo: (Undo & { readonly experiment: string; readonly version: number }) | null;
}

/** The latest; null before the first, and once it was put away. */
export const notice = signal<Notice | null>(null);

/** Shows it until it is put away, or until the next. */
export function notify(words: string, undo: Notice['undo'] = null): void {
  notice.value = { words, failed: false, undo };
}

/** Takes back what the notice tells of; someone else's change meanwhile stops it. */
export async function takeBack({ undo }: Notice): Promise<void> {
  if (!undo) return;
  try {
    let version: number | null = undo.version;
    for (const wanted of undo.requests) {
      version = experimentIn(await perform(wanted, version))?.version ?? null;
    }
    notify(`Undone by: ${undo.name.toLowerCase()}.`);
  } catch (error) {
    notice.value = { words: `Not taken back. ${problemIn(error).message}`, failed: true, undo: null };
  }
  announce(undo.experiment);
}
