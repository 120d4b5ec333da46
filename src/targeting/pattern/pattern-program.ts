import type { CharacterSet } from './character-sets.js';
import { PatternFault, type PatternNode } from './pattern-reader.js';

/** One step of a pattern: read a character of a set, go on at one or two places, or check where the text begins and ends. */
export type Instruction =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'fork'; readonly to: readonly number[] }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'match' };

/** No pattern becomes longer than this, so that none takes long, whatever its counts. */
export const longestProgram = 2_000;

/**
 * The instructions of a pattern (Thompson's construction, Communications of the ACM 11(6), 1968).
 *
 * @throws PatternFault when they are more than {@link longestProgram}
 */
export function compileProgram(node: PatternNode): readonly Instruction[] {
  const program: Instruction[] = [];
  emit(program, node);
  push(program, { kind: 'match' });
  return program;
}

function push(program: Instruction[], instruction: Instruction): number {
  if (program.length >= longestProgram) {
    throw new PatternFault(`becomes longer than ${longestProgram} steps; repeat less`);
  }
  return program.push(instruction) - 1;
}

function emit(program: Instruction[], node: PatternNode): void {
  switch (node.kind) {
    case 'sequence':
      // Nothing is a step too, or counting it up would take time that the limit does not see.
      if (node.parts.length === 0) push(program, { kind: 'fork', to: [program.length + 1] });
      for (const part of node.parts) emit(program, part);
      return;
    case 'choice':
      return emitChoice(program, node.parts);
    case 'repeat':
      return emitRepeat(program, node.part, node.least, node.most);
    case 'set':
    case 'start':
    case 'end':
      push(program, node);
  }
}

function emitChoice(program: Instruction[], parts: readonly PatternNode[]): void {
  const fork = push(program, { kind: 'fork', to: [] });
  const starts: number[] = [];
  const exits: number[] = [];
  for (const part of parts) {
    starts.push(program.length);
    emit(program, part);
    exits.push(push(program, { kind: 'fork', to: [] }));
  }
  program[fork] = { kind: 'fork', to: starts };
  for (const exit of exits) program[exit] = { kind: 'fork', to: [program.length] };
}

function emitRepeat(program: Instruction[], part: PatternNode, least: number, most: number): void {
  for (let time = 0; time < least; time++) emit(program, part);
  if (most === Infinity) {
    const loop = push(program, { kind: 'fork', to: [] });
    emit(program, part);
    push(program, { kind: 'fork', to: [loop] });
    program[loop] = { kind: 'fork', to: [loop + 1, program.length] };
    return;
  }
  const forks: number[] = [];
  for (let time = least; time < most; time++) {
    forks.push(push(program, { kind: 'fork', to: [] }));
    emit(program, part);
  }
  for (const fork of forks) program[fork] = { kind: 'fork', to: [fork + 1, program.length] };
}
