import { useEffect } from 'preact/hooks';

/** What a key does: shown by `?`. */
export interface Shortcut {
  readonly keys: string;
  readonly does: string;
  readonly run: () => void;
}

const shortcuts = new Map<string, Shortcut>();

/** All that work now, for the help. */
export function presentShortcuts(): readonly Shortcut[] {
  return [...shortcuts.values()];
}

/**
 * Keys that work while the component is shown, wherever the focus is but in a field.
 *
 * @example useShortcuts([{ keys: '/', does: 'Search', run: () => field.current?.focus() }])
 */
export function useShortcuts(added: readonly Shortcut[]): void {
  useEffect(() => {
    for (const shortcut of added) shortcuts.set(shortcut.keys, shortcut);
    return () => {
      for (const shortcut of added)
        if (shortcuts.get(shortcut.keys) === shortcut) shortcuts.delete(shortcut.keys);
    };
  });
}

const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
  // A dialogue has the keyboard to itself.
  if (document.querySelector('dialog[open]')) return;
  const shortcut = shortcuts.get(event.key);
  if (!shortcut) return;
  event.preventDefault();
  shortcut.run();
});
