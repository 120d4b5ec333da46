const SECRET_VARIABLE = /KEY|SECRET|PASSWORD|TOKEN/;
const LONGEST_SHOWN = 120;

/**
 * The value of a variable as it may be printed: secrets and passwords masked, long text cut.
 *
 * @example printable('DATABASE_URL', 'postgres://me:hunter2@db/assay') // 'postgres://me:***@db/assay'
 */
export function printable(variable: string, value: string): string {
  if (SECRET_VARIABLE.test(variable)) return `*** (${value.length} characters)`;
  const masked = value.replace(/^(\w+:\/\/[^:@]*|[^:@/]*):(?!\/\/).*@/s, '$1:***@');
  return masked.length > LONGEST_SHOWN ? `${masked.slice(0, LONGEST_SHOWN)}…` : masked;
}

/** How many single-character edits turn one word into the other (Levenshtein 1966, row by row). */
export function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...from].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...to].entries()) {
      const substitution = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(substitution, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}

/**
 * The known name that an unknown one was probably meant to be; none when nothing is near.
 *
 * @example closestName('ASSAY_ADMINKEY', ['ASSAY_ADMIN_KEY']) // 'ASSAY_ADMIN_KEY'
 */
export function closestName(unknown: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((name) => ({ name, distance: editDistance(unknown.toUpperCase(), name) }))
    .sort((left, right) => left.distance - right.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(2, Math.floor(unknown.length / 4)) ? best.name : undefined;
}
