import { enclosingSegments, rootSegment } from './segment.js';
import type { WeightEpoch } from './weight-epoch.js';

type PopulationEpoch = Pick<WeightEpoch, 'segment' | 'cause' | 'startedAt'>;

/**
 * The epochs of the root, or of one leaf, since it has served the units that it serves now: since a leaf last parted from it, or leaves
 * last began or ceased to be served beside it. Units of the epochs before were others, with other tastes.
 *
 * New weights, a rollout taken back, another model and a variant that a guardrail zeroed leave the units as they were.
 *
 * @param segment whose epochs
 * @param all epochs of the root and of all leaves, oldest first
 * @example presentPopulation('', all).map(({ number }) => number); // [4, 6], where language=de parted with epochs 3 and 4
 */
export function presentPopulation<Epoch extends PopulationEpoch>(
  segment: string,
  all: readonly Epoch[],
): Epoch[] {
  const begun = new Set([rootSegment]);
  let [own, isParted]: [Epoch[], boolean] = [[], false];
  for (const [place, epoch] of all.entries()) {
    const isFirst = !begun.has(epoch.segment);
    if (isFirst && segment === nearestOf(epoch.segment, begun)) isParted = true;
    begun.add(epoch.segment);
    if (epoch.segment !== segment) continue;
    if (isParted || (begun.size > 1 && bringsOthers(epoch, all.slice(0, place)))) own = [];
    isParted = false;
    own.push(epoch);
  }
  return own;
}

/** What a leaf that begins parts from. */
function nearestOf(segment: string, begun: ReadonlySet<string>): string | undefined {
  return enclosingSegments(segment).findLast((name) => begun.has(name));
}

/** Whether leaves beside it began or ceased to be served with this epoch. */
function bringsOthers(
  { segment, cause, startedAt }: PopulationEpoch,
  before: readonly PopulationEpoch[],
): boolean {
  const isTogether = (other: PopulationEpoch | undefined, why: PopulationEpoch['cause']) =>
    other?.cause === why && other.startedAt.getTime() === startedAt.getTime();
  // A change of models renews leaves right after the root, under this cause; their units stay.
  if (cause === 'segments')
    return !isTogether(
      before.findLast((each) => each.segment === rootSegment),
      'model-change',
    );
  if (segment !== rootSegment) return false;
  // Taken from a variant in every leaf right before the root, the leaves go on; rolled back, none does.
  if (cause === 'guardrail') return !isTogether(before.at(-1), 'guardrail');
  return cause === 'weights';
}
