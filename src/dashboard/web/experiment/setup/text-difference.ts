import { diffLines, diffWordsWithSpace } from 'diff';

/** A part of a line: words that only one text has, or both. */
export interface LinePart {
  readonly text: string;
  readonly changed: boolean;
}

/** A line of two texts held against each other. */
export interface DifferenceLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly parts: readonly LinePart[];
}

/** Unchanged lines shown around a change. */
const context = 2;

/**
 * Two texts line by line; within a line that was changed, the words that were.
 *
 * @example textDifference('Be short.', 'Be kind.').map(({ kind }) => kind) // ['removed', 'added']
 */
export function textDifference(before: string, after: string): DifferenceLine[] {
  const changes = diffLines(ended(before), ended(after));
  const lines: DifferenceLine[] = [];
  for (let place = 0; place < changes.length; place++) {
    const [change, next] = [changes[place], changes[place + 1]];
    if (!change) continue;
    if (change.removed && next?.added) {
      lines.push(...replacedLines(change.value, next.value));
      place++;
    } else {
      const kind = change.added ? 'added' : change.removed ? 'removed' : 'same';
      lines.push(...linesOf(change.value).map((text) => whole(kind, text)));
    }
  }
  return lines;
}

/** What changed, with a little around it; a number stands for so many unchanged lines left out. */
export function folded(lines: readonly DifferenceLine[]): (DifferenceLine | number)[] {
  const isNear = lines.map((_, place) =>
    lines.slice(Math.max(0, place - context), place + context + 1).some(({ kind }) => kind !== 'same'),
  );
  const shown: (DifferenceLine | number)[] = [];
  for (const [place, line] of lines.entries()) {
    const last = shown.at(-1);
    if (isNear[place]) shown.push(line);
    else if (typeof last === 'number') shown[shown.length - 1] = last + 1;
    else shown.push(1);
  }
  return shown;
}

/** Lines that others took the place of: paired where they are as many, to show the words that changed. */
function replacedLines(removed: string, added: string): DifferenceLine[] {
  const [before, after] = [linesOf(removed), linesOf(added)];
  if (before.length !== after.length)
    return [...before.map((text) => whole('removed', text)), ...after.map((text) => whole('added', text))];
  const pairs = before.map((text, place) => diffWordsWithSpace(text, after[place] ?? ''));
  const side = (kind: 'removed' | 'added') =>
    pairs.map((parts): DifferenceLine => ({
      kind,
      parts: parts
        .filter((part) => !part[kind === 'removed' ? 'added' : 'removed'])
        .map((part) => ({ text: part.value, changed: part[kind] })),
    }));
  return [...side('removed'), ...side('added')];
}

function whole(kind: DifferenceLine['kind'], text: string): DifferenceLine {
  return { kind, parts: [{ text, changed: false }] };
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}

/** A last line without an end would differ from the same line with one. */
function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
