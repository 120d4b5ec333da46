import { compileProgram, type Instruction } from './pattern-program.js';
import { PatternReader } from './pattern-reader.js';

/** Where something was found in a text: from the first character up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A way to read the text: a place in the program, and where it began. */
interface Reader {
  readonly place: number;
  readonly start: number;
}

/**
 * Finds every part of a text that a regular expression matches; parts that overlap are one. In time in proportion to the
 * text's length, as `compilePattern`, whose expressions these are: of two ways to read the text that have come to the same
 * place, the one that began earlier goes on (Pike 1987), so nothing that any match covers is left out.
 *
 * @throws PatternFault for what is no pattern
 * @example compileFinder('EMP-\\d+')('ask EMP-1234 or EMP-5') // [{ start: 4, end: 12 }, { start: 16, end: 21 }]
 */
export function compileFinder(text: string): (subject: string) => Span[] {
  const program = compileProgram(new PatternReader(text).read());
  return (subject) => findAll(program, subject);
}

function findAll(program: readonly Instruction[], text: string): Span[] {
  const reached = new Int32Array(program.length).fill(-1);
  const found: Span[] = [];
  let waiting: Reader[] = [];
  for (let position = 0; ;) {
    // The pattern may begin at every position; whoever began earlier comes first.
    waiting.push({ place: 0, start: position });
    const { readers, earliest } = follow(program, waiting, reached, position, text.length);
    if (earliest < position) note(found, { start: earliest, end: position });
    if (position >= text.length) return found;
    const code = text.codePointAt(position)!;
    waiting = readers
      .filter(({ place }) => reads(program[place]!, code))
      .map(({ place, start }) => ({ place: place + 1, start }));
    position += code > 0xffff ? 2 : 1;
  }
}

function reads(instruction: Instruction, code: number): boolean {
  return instruction.kind === 'set' && instruction.set(code);
}

/** Ends come in order, so a span that begins before the last ones end takes them in. */
function note(found: Span[], span: Span): void {
  let { start } = span;
  for (let last = found.at(-1); last && last.end >= start; last = found.at(-1)) {
    start = Math.min(start, last.start);
    found.pop();
  }
  found.push({ start, end: span.end });
}

/** Who reads a character next, the earliest first; and where the earliest match began that ends here. */
function follow(
  program: readonly Instruction[],
  waiting: readonly Reader[],
  reached: Int32Array,
  position: number,
  end: number,
): { readers: Reader[]; earliest: number } {
  const readers: Reader[] = [];
  let earliest = Infinity;
  for (const { place: from, start } of waiting) {
    const open = [from];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (reached[place] === position) continue;
      reached[place] = position;
      const instruction = program[place]!;
      if (instruction.kind === 'match') earliest = Math.min(earliest, start);
      else if (instruction.kind === 'set') readers.push({ place, start });
      else if (instruction.kind === 'fork') open.push(...instruction.to);
      else if (instruction.kind === 'start' ? position === 0 : position === end) open.push(place + 1);
    }
  }
  return { readers, earliest };
}
