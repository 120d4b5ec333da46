import { enclosingSegments, rootSegment } from '../experiments/segment.js';
import { banditStep, type BanditStep } from './bandit-step.js';
import type { BanditView } from './bandit-view.js';
import type { LeafCandidate } from '../metrics/leaf-candidates.js';
import { openingWeights } from './opening-weights.js';

/** What the steps of a bandit are decided on. */
export interface TreeView {
  /** Of whoever has no leaf: everyone, without segments. */
  readonly view: BanditView;
  readonly leaves: readonly { readonly segment: string; readonly view: BanditView }[];
  /** Segments that have enough units to become leaves. */
  readonly openings: readonly LeafCandidate[];
}

/** A leaf's step. */
export interface LeafStep extends BanditStep {
  readonly segment: string;
}

/** A segment that becomes a leaf. */
export interface LeafOpening {
  readonly segment: string;
  /** The leaf, or the root, that served its units until now. */
  readonly partsFrom: string;
  /** Units by variant, first exposed with these attributes. */
  readonly units: Readonly<Record<string, number>>;
  readonly weights: Readonly<Record<string, number>>;
}

/** The steps of a bandit: of the root, of each leaf, and which leaves begin. */
export interface TreeStep {
  readonly root: BanditStep;
  readonly leaves: readonly LeafStep[];
  readonly opened: readonly LeafOpening[];
}

/**
 * The bandit's next steps, each decided on the units of its own leaf by the same rules. A leaf that begins takes its first step
 * at the next time, and what it parts from keeps its weights until then, and its burn-in: its units are others from now on.
 *
 * @example treeStep(loaded).leaves[0]?.weights; // { control: 0.9, treatment: 0.1 }
 */
export function treeStep({ view, leaves, openings }: TreeView): TreeStep {
  const around = new Map([[rootSegment, view], ...leaves.map((leaf) => [leaf.segment, leaf.view] as const)]);
  const opened = openings.map(({ segment, units }) => {
    const partsFrom = enclosingSegments(segment).findLast((name) => around.has(name)) ?? rootSegment;
    return {
      segment,
      partsFrom,
      units: Object.fromEntries(view.variants.map((key, place) => [key, units[place] ?? 0])),
      weights: openingWeights(around.get(partsFrom) ?? view),
    };
  });
  return {
    root: stepOf(rootSegment, view, opened),
    leaves: leaves.map((leaf) => ({ segment: leaf.segment, ...stepOf(leaf.segment, leaf.view, opened) })),
    opened,
  };
}

/** A step that rests on units some of whom now leave is not taken; equal shares during burn-in rest on none. */
function stepOf(segment: string, view: BanditView, opened: readonly LeafOpening[]): BanditStep {
  const step = banditStep(view);
  const parted = opened.filter(({ partsFrom }) => partsFrom === segment);
  if (step.outcome !== 'moved' || parted.length === 0) return step;
  const names = parted.map((leaf) => leaf.segment).join(', ');
  const { weightsAfter: _notTaken, ...evidence } = step.evidence;
  return {
    outcome: 'burn-in',
    reason: `weights stay: what is known is of units with those of ${names}, which has weights of its own from now on`,
    weights: null,
    evidence,
  };
}
