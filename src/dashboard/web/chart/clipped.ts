/** Pixels of a letter of a drawing, on average. */
const letterWidth = 7.2;

/**
 * As much of a name as fits.
 *
 * @example clipped('treatment', 40) // 'trea…'
 */
export function clipped(name: string, pixels: number): string {
  const most = Math.max(3, Math.floor(pixels / letterWidth));
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}
