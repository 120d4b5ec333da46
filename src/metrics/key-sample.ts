/** The first two bytes of a unit's key divide all keys into so many equal parts. */
const keyParts = 65_536;

/**
 * A random part of all units, of about that many: the keys of units are hashes, so those up to a bound are a sample, and one
 * that an index finds. The whole where there are not more.
 *
 * @example keySample(1_000_000, 100_000).share; // 0.1
 */
export function keySample(units: number, most: number): { readonly lastKey: string; readonly share: number } {
  const parts = Math.max(1, Math.min(keyParts, Math.floor((keyParts * most) / Math.max(1, units))));
  const lead = (parts - 1).toString(16).padStart(4, '0');
  return { lastKey: `${lead}ffff-ffff-ffff-ffff-ffffffffffff`, share: parts / keyParts };
}
