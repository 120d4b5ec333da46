import type { Actor } from '../experiments/decision.js';
import type { Experiment } from '../experiments/experiment.js';
import { rootSegment } from '../experiments/segment.js';
import type { Change, EpochChange, LeafChange } from '../lifecycle/change.js';
import type { BanditStanding } from './allocation-history.js';
import type { BanditStep } from './bandit-step.js';
import type { LeafOpening, TreeStep } from './tree-step.js';

/**
 * What the steps write: new weights with their evidence; a freeze or a recommendation, each once; the end of a freeze. Null
 * where there is nothing new to say.
 *
 * @example reallocationChange(seen, steps, standing, 'bandit')?.decision.action; // 'reallocate'
 */
export function reallocationChange(
  seen: Experiment,
  steps: TreeStep,
  standing: BanditStanding,
  actor: Actor,
): Change | null {
  const epoch = rootEpoch(steps);
  const leaves = leafEpochs(steps);
  const action = actionOf(steps, standing, epoch !== null || leaves.length > 0);
  if (action === null) return null;
  return {
    seen,
    patch: {},
    decision: { actor, action, reason: reasonOf(steps), evidence: evidenceOf(steps) },
    ...(epoch ? { epoch } : {}),
    ...(leaves.length > 0 ? { leaves } : {}),
  };
}

/** Weights are held while any leaf's reward has jumped, but only that leaf's. */
function actionOf({ root, leaves }: TreeStep, standing: BanditStanding, moves: boolean): string | null {
  const outcomes = [root, ...leaves].map(({ outcome }) => outcome);
  if (root.outcome === 'recommended') return standing.recommended ? null : 'recommend';
  if (outcomes.includes('frozen')) {
    if (!standing.frozen) return 'freeze';
    return moves ? 'reallocate' : null;
  }
  const thaws = standing.frozen && outcomes.some((outcome) => outcome === 'moved' || outcome === 'settled');
  if (thaws) return 'unfreeze';
  return moves ? 'reallocate' : null;
}

/** Where other units are served from now on, an epoch begins although the weights stay: each epoch has its own kind of units. */
function rootEpoch({ root, opened }: TreeStep): EpochChange | null {
  const { weights, reason, evidence } = root;
  if (weights) return { cause: 'bandit', evidence: { reason, ...evidence }, weights };
  const parted = opened.filter(({ partsFrom }) => partsFrom === rootSegment);
  return parted.length > 0 ? { cause: 'segments', evidence: partedEvidence(parted) } : null;
}

function leafEpochs({ leaves, opened }: TreeStep): LeafChange[] {
  const first = opened.map(({ segment, units, partsFrom, weights }): LeafChange => {
    const reason = `${segment} has enough units for weights of its own`;
    return { segment, cause: 'segments', evidence: { reason, units, partsFrom }, weights };
  });
  const next = leaves.flatMap(({ segment, weights, reason, evidence }): LeafChange[] => {
    if (weights) return [{ segment, cause: 'bandit', evidence: { reason, ...evidence }, weights }];
    const parted = opened.filter(({ partsFrom }) => partsFrom === segment);
    return parted.length > 0 ? [{ segment, cause: 'segments', evidence: partedEvidence(parted) }] : [];
  });
  return [...first, ...next];
}

function partedEvidence(parted: readonly LeafOpening[]): Record<string, unknown> {
  const names = parted.map(({ segment }) => segment);
  return { reason: `${names.join(', ')} now ${names.length === 1 ? 'has' : 'have'} weights of their own` };
}

function reasonOf({ root, leaves, opened }: TreeStep): string {
  const worth = (step: BanditStep) => step.weights !== null || step.outcome === 'frozen';
  const told = [
    ...(worth(root) || (leaves.length === 0 && opened.length === 0) ? [root.reason] : []),
    ...leaves.filter(worth).map(({ segment, reason }) => `${segment}: ${reason}`),
    ...opened.map(({ segment }) => `${segment} gets weights of its own`),
  ];
  return told.length > 0 ? told.join('; ') : root.reason;
}

/** What the steps rest on, those of leaves beside the root's. */
export function evidenceOf({ root, leaves, opened }: TreeStep): BanditStep['evidence'] {
  return {
    ...root.evidence,
    ...(leaves.length > 0
      ? {
          leaves: leaves.map(({ segment, outcome, reason, evidence }) => ({
            segment,
            outcome,
            reason,
            ...evidence,
          })),
        }
      : {}),
    ...(opened.length > 0 ? { opened } : {}),
  };
}
