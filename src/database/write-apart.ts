import { refusesData } from '../operations/problem/database-failure.js';

/**
 * Writes all rows at once; where the database will never take one of them, in halves, until that one is alone and given up:
 * its neighbours are written. Any other error is thrown, and what was written until then stays.
 *
 * @example await writeApart(exposures, (some) => store.write(some), (exposure) => logger.error(exposure.unit))
 */
export async function writeApart<Row>(
  rows: readonly Row[],
  write: (rows: readonly Row[]) => Promise<unknown>,
  giveUp: (row: Row, error: unknown) => void,
): Promise<void> {
  try {
    await write(rows);
  } catch (error) {
    if (!refusesData(error)) throw error;
    const [first, ...others] = rows;
    if (first === undefined) throw error;
    if (others.length === 0) return giveUp(first, error);
    const middle = Math.ceil(rows.length / 2);
    await writeApart(rows.slice(0, middle), write, giveUp);
    await writeApart(rows.slice(middle), write, giveUp);
  }
}
