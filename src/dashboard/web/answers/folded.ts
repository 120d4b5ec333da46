/** What of a long text is shown. */
export interface Folded {
  readonly shown: string;
  /** Characters left out; 0 where all is shown. */
  readonly left: number;
}

const mostCharacters = 900;
const mostLines = 14;

/** Characters that are laid out at once: a whole megabyte would hold the page up. */
export const charactersAtOnce = 20_000;

/**
 * The beginning of a long text, cut between characters; unfolded so many times over.
 *
 * @example folded('short', 0) // { shown: 'short', left: 0 }
 */
export function folded(text: string, unfolded: number): Folded {
  return unfolded === 0 ? firstLines(text) : cutAt(text, unfolded * charactersAtOnce);
}

function firstLines(text: string): Folded {
  const lines = text.split('\n', mostLines + 1);
  const byLine = lines.length > mostLines ? lines.slice(0, mostLines).join('\n') : text;
  return cutAt(text, Math.min(byLine.length, mostCharacters));
}

function cutAt(text: string, cut: number): Folded {
  if (cut >= text.length) return { shown: text, left: 0 };
  // Not within a character of two halves.
  const end = /[\ud800-\udbff]/.test(text.charAt(cut - 1)) ? cut - 1 : cut;
  return { shown: text.slice(0, end), left: text.length - end };
}
