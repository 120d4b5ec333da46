import type { HashedUnit } from './unit-hash.js';

/** A power of two; a unit that falls on another's place takes it. */
const places = 4_096;

/** Units that were found to be known in everything that is asked for, with the oldest exposure that this rests on. */
export class KnownUnits {
  private readonly ids = new Array<string>(places).fill('');
  private readonly oldestNumbers = new Int32Array(places);

  /** Whether the unit was found, and all that it rests on is still numbered `oldest` or above. */
  has(unit: HashedUnit, oldest: number): boolean {
    const place = unit.second & (places - 1);
    return this.oldestNumbers[place]! >= oldest && this.ids[place] === unit.id;
  }

  /** @param oldestNumber the lowest number, from 1, of the unit's exposures */
  add(unit: HashedUnit, oldestNumber: number): void {
    const place = unit.second & (places - 1);
    this.ids[place] = unit.id;
    this.oldestNumbers[place] = oldestNumber;
  }

  clear(): void {
    this.oldestNumbers.fill(0);
  }
}
