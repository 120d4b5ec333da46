/** The texts between the boundary's lines, in order. */
export function enclosedParts(input: string, boundary: string): string[] {
  return [
    ...input.matchAll(new RegExp(`^BEGIN ${boundary} [A-Z ]+\n([\\s\\S]*?)\nEND ${boundary}$`, 'gm')),
  ].map(([, text = '']) => text);
}
