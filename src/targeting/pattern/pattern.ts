import { compileProgram, type Instruction } from './pattern-program.js';
import { PatternFault, PatternReader } from './pattern-reader.js';

/** Whether a pattern is found in a text. */
export type PatternTest = (text: string) => boolean;

/**
 * Why a text is no pattern, in words that follow its name; null if it is one.
 *
 * @example patternFault('(a') // 'has a "(" without ")" (at character 3)'
 */
export function patternFault(text: string): string | null {
  try {
    compileProgram(new PatternReader(text).read());
    return null;
  } catch (error) {
    if (error instanceof PatternFault) return error.message;
    throw error;
  }
}

/**
 * How many steps a pattern becomes: each may be taken once for every character of a text.
 *
 * @throws PatternFault for what is no pattern
 * @example patternSteps('a{90}') // 91: 90 characters, and that it was found
 */
export function patternSteps(text: string): number {
  return compileProgram(new PatternReader(text).read()).length;
}

/**
 * A test for a regular expression, found anywhere in a text unless `^` and `$` bind it. It takes time in proportion to the
 * text's length for every pattern and every text: all ways to read the text are followed side by side, none is tried again
 * (Thompson 1968). Hence no back references and no look-around.
 *
 * Known are characters, `.`, `[a-z]`, `[^a-z]`, `\d \w \s \D \W \S`, `\n \r \t \f \v \uHHHH`, `(…)`, `(?:…)`, `|`,
 * `* + ? {n} {n,} {n,m}`, `^` and `$`.
 *
 * @throws PatternFault for anything else
 * @example compilePattern('@(acme|example)\\.com$')('ada@example.com') // true
 */
export function compilePattern(text: string): PatternTest {
  const program = compileProgram(new PatternReader(text).read());
  return (subject) => isFound(program, subject);
}

function isFound(program: readonly Instruction[], text: string): boolean {
  // By place of the program: the position at which it was reached last. So each is followed once for each position.
  const reached = new Int32Array(program.length).fill(-1);
  const open = new Int32Array(program.length);
  let [waiting, next] = [new Int32Array(program.length), new Int32Array(program.length)];
  let waitingCount = 0;
  for (let position = 0; ;) {
    const code = text.codePointAt(position);
    let openCount = 0;
    let nextCount = 0;
    const reach = (place: number) => {
      if (reached[place] === position) return;
      reached[place] = position;
      open[openCount++] = place;
    };
    // The pattern may begin at every position.
    reach(0);
    for (let index = 0; index < waitingCount; index++) reach(waiting[index]!);
    while (openCount > 0) {
      const place = open[--openCount]!;
      const instruction = program[place]!;
      if (instruction.kind === 'match') return true;
      if (instruction.kind === 'set') {
        if (code !== undefined && instruction.set(code)) next[nextCount++] = place + 1;
      } else if (instruction.kind === 'fork') for (const to of instruction.to) reach(to);
      else if (instruction.kind === 'start' ? position === 0 : code === undefined) reach(place + 1);
    }
    if (code === undefined) return false;
    [waiting, next, waitingCount] = [next, waiting, nextCount];
    position += code > 0xffff ? 2 : 1;
  }
}
