import { leafCandidates, type LeafCandidate, type LeafQuestion } from '../metrics/leaf-candidates.js';
import type { SegmentSettings } from '../experiments/segment-settings.js';

/**
 * The segments that become leaves now: every variant that is served has the least number of units there, and there is room.
 *
 * Deepest first, so that units which are enough for a leaf of their own are not counted for the one above, too.
 *
 * @param excluded variants that get no new units, so that no segment waits for them
 * @example leafOpenings(question, settings, []).map(({ segment }) => segment); // ['language=de']
 */
export function leafOpenings(
  question: LeafQuestion,
  { minimumUnits, maximumLeaves }: SegmentSettings,
  excluded: readonly string[],
): LeafCandidate[] {
  const served = question.variants.map((key) => !excluded.includes(key));
  const openings: LeafCandidate[] = [];
  for (let room = maximumLeaves - question.leaves.length; room > 0; room -= 1) {
    const leaves = [...question.leaves, ...openings.map(({ segment }) => segment)];
    const next = leafCandidates({ ...question, leaves }).find(({ units }) =>
      units.every((count, place) => !served[place] || count >= minimumUnits),
    );
    if (!next) break;
    openings.push(next);
  }
  return openings;
}
