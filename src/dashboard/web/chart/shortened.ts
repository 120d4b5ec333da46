/**
 * A name that may be long, for a drawing; the table has the whole.
 *
 * @param width pixels that there are
 * @example shortened('a-very-long-name', 72) // 'a-very-…'
 */
export function shortened(name: string, width: number): string {
  const most = Math.max(4, Math.floor(width / 9));
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}
