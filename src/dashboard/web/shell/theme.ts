import { signal } from '@preact/signals';
import { textPlace } from './kept-texts.js';

/** `system` follows the machine. */
export type Theme = 'system' | 'light' | 'dark';

const name = 'assay-theme';
const texts = textPlace(() => localStorage);
const themes: readonly Theme[] = ['system', 'light', 'dark'];

export const theme = signal<Theme>(read());
theme.subscribe((chosen) => {
  document.documentElement.style.colorScheme = chosen === 'system' ? 'light dark' : chosen;
});

/** The next of the three; remembered on this machine. */
export function changeTheme(): void {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? 'system';
  try {
    texts.setItem(name, theme.value);
  } catch {
    // A full place keeps nothing; the theme is changed all the same.
  }
}

function read(): Theme {
  const kept = texts.getItem(name);
  return themes.find((known) => known === kept) ?? 'system';
}
