/** What of a long text is shown at first. */
export interface Folded {
  readonly shown: string;
  /** Characters left out; 0 where all is shown. */
  readonly left: number;
}

const mostCharacters = 900;
const mostLines = 14;

/**
 * The beginning of a long text, cut between characters.
 *
 * @example folded('short') // { shown: 'short', left: 0 }
 */
export function folded(text: string): Folded {
  const lines = text.split('\n', mostLines + 1);
  const byLine = lines.length > mostLines ? lines.slice(0, mostLines).join('\n') : text;
  if (byLine.length === text.length && text.length <= mostCharacters) return { shown: text, left: 0 };
  const cut = byLine.length <= mostCharacters ? byLine.length : mostCharacters;
  // Not within a character of two halves.
  const end = /[\ud800-\udbff]/.test(text.charAt(cut - 1)) ? cut - 1 : cut;
  return { shown: text.slice(0, end), left: text.length - end };
}
