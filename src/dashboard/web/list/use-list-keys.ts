import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { useShortcuts } from '../shell/keyboard.js';

/**
 * `j` and `k` walk through the list by moving the focus, so that Enter opens; `/` searches.
 *
 * @returns the key that was walked to last
 */
export function useListKeys(
  keys: readonly string[],
  list: RefObject<HTMLElement | null>,
  search: RefObject<HTMLInputElement | null>,
): string | null {
  const [chosen, setChosen] = useState<string | null>(null);
  const walk = (step: number) => {
    const place = chosen === null ? -1 : keys.indexOf(chosen);
    const next = keys[Math.min(keys.length - 1, Math.max(0, place + step))];
    if (next === undefined) return;
    setChosen(next);
    const links = list.current?.querySelectorAll<HTMLElement>('[data-key]') ?? [];
    const link = [...links].find(({ dataset }) => dataset['key'] === next);
    link?.focus();
    link?.closest('li')?.scrollIntoView({ block: 'nearest' });
  };
  useShortcuts([
    { keys: '/', does: 'Search the list', run: () => search.current?.focus() },
    { keys: 'j', does: 'Next experiment; Enter opens it', run: () => walk(1) },
    { keys: 'k', does: 'Experiment before; Enter opens it', run: () => walk(-1) },
  ]);
  return chosen;
}
