import type { UnitLink } from './unit-link.js';

interface IdsOfUnit {
  everywhere?: string;
  /** By experiment. */
  own?: Map<number, string>;
}

/**
 * Which id a unit goes by: that of the experiment's own link, else that of the link for everywhere, else its own.
 *
 * @example new LinkedIds([{ experimentId: null, unitId: 'user-7', firstId: 'visitor-1' }]).idIn(3, 'user-7') // 'visitor-1'
 */
export class LinkedIds {
  private readonly units = new Map<string, IdsOfUnit>();

  constructor(links: Iterable<UnitLink> = []) {
    for (const link of links) this.add(link);
  }

  /** Whether the unit goes by another id anywhere. */
  has(unitId: string): boolean {
    return this.units.size !== 0 && this.units.has(unitId);
  }

  /** The id by which the unit goes in an experiment. Without any link this costs one look at a size. */
  idIn(experimentId: number, unitId: string): string {
    if (this.units.size === 0) return unitId;
    const ids = this.units.get(unitId);
    return ids === undefined ? unitId : (ids.own?.get(experimentId) ?? ids.everywhere ?? unitId);
  }

  /** The id by which the unit goes wherever nothing else is said. */
  idEverywhere(unitId: string): string {
    return this.units.get(unitId)?.everywhere ?? unitId;
  }

  /** Later links replace earlier ones. */
  add({ experimentId, unitId, firstId }: UnitLink): void {
    let ids = this.units.get(unitId);
    if (ids === undefined) this.units.set(unitId, (ids = {}));
    if (experimentId === null) ids.everywhere = firstId;
    else (ids.own ??= new Map()).set(experimentId, firstId);
  }
}
