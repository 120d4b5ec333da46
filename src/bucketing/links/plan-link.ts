import { LinkedIds } from './linked-ids.js';
import type { LinkResult, UnitLink } from './unit-link.js';

/** An experiment that met some of the ids in question. */
export interface MetExperiment {
  readonly id: number;
  readonly key: string;
  /** Whether people are told of it: it is live, and neither before its start nor archived. */
  readonly told: boolean;
  /** Those of the ids that were exposed. */
  readonly exposed: ReadonlySet<string>;
}

/**
 * The links to store so that a unit goes on as another id: one for everywhere, if it has none yet, and one for each
 * experiment where that is not what the unit was exposed as, or not what the first id was exposed as.
 *
 * Links name the id that the first id itself goes by, so that reading them never takes more than one step.
 *
 * @param stored links of both ids
 * @example planLink('visitor-1', 'user-7', [], []) // [{ experimentId: null, unitId: 'user-7', firstId: 'visitor-1' }]
 */
export function planLink(
  firstId: string,
  unitId: string,
  stored: readonly UnitLink[],
  met: readonly MetExperiment[],
): UnitLink[] {
  const before = new LinkedIds(stored);
  const plan: UnitLink[] = [];
  const everywhere = before.idEverywhere(firstId);
  // The first id may go by the unit: then they are one already.
  const isFirst = before.idEverywhere(unitId) === unitId && everywhere !== unitId;
  if (isFirst) plan.push({ experimentId: null, unitId, firstId: everywhere });
  const after = new LinkedIds([...stored, ...plan]);
  for (const { id, exposed } of met) {
    const candidates = [before.idIn(id, unitId), before.idIn(id, firstId)];
    const own = candidates.find((candidate) => exposed.has(candidate));
    if (own !== undefined && own !== after.idIn(id, unitId))
      plan.push({ experimentId: id, unitId, firstId: own });
  }
  return plan;
}

/**
 * What the links that are really stored say of the experiments that met either id.
 *
 * @param before links of both ids before they were linked
 * @param stored those that were added
 */
export function linkResult(
  firstId: string,
  unitId: string,
  before: readonly UnitLink[],
  stored: readonly UnitLink[],
  met: readonly MetExperiment[],
): LinkResult {
  const [past, present] = [new LinkedIds(before), new LinkedIds([...before, ...stored])];
  const result = { linked: [] as string[], apart: [] as string[] };
  for (const { id, key, told, exposed } of met) {
    const first = past.idIn(id, firstId);
    if (!told || !(exposed.has(first) || exposed.has(past.idIn(id, unitId)))) continue;
    result[present.idIn(id, unitId) === first ? 'linked' : 'apart'].push(key);
  }
  return result;
}
