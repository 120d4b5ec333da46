import type { DecisionView, EpochView } from '../../api/contract.js';
import { chanceOf, countOf } from '../../format/number.js';
import { instantOf } from '../../format/time.js';
import { numbersIn } from '../log/evidence.js';

/** A step of a bandit that moved the weights, with what it believed; `shares` are the probabilities of being best. */
export interface BanditStepPoint {
  readonly at: number;
  readonly shares: readonly number[];
  readonly epoch: EpochView;
}

/** The steps whose probabilities of being best are on record, oldest first. */
export function banditSteps(epochs: readonly EpochView[], variants: readonly string[]): BanditStepPoint[] {
  return epochs.flatMap((epoch) => {
    const chances = epoch.cause === 'bandit' ? numbersIn(epoch.evidence, 'probabilityBest') : null;
    if (!chances) return [];
    return [{ at: Date.parse(epoch.startedAt), shares: variants.map((key) => chances[key] ?? 0), epoch }];
  });
}

/** Where the bandit stands, in a sentence or two. */
export function banditSummary(
  steps: readonly BanditStepPoint[],
  variants: readonly string[],
  decisions: readonly DecisionView[],
): string {
  const last = steps.at(-1);
  const note = standingNote(decisions);
  if (!last) return `No step has moved the weights yet.${note}`;
  const best = last.shares.indexOf(Math.max(...last.shares));
  const moved = steps.length === 1 ? '1 step has' : `${countOf(steps.length)} steps have`;
  return `${moved} moved the weights. At the last, ${variants[best]} was the best with a probability of ${chanceOf(last.shares[best])}.${note}`;
}

/** @param decisions newest first */
function standingNote(decisions: readonly DecisionView[]): string {
  const last = decisions.find(({ actor, action }) => actor === 'bandit' || action === 'reallocate');
  if (last?.action === 'freeze') return ` It holds the weights since ${instantOf(last.at)}: ${last.reason}.`;
  if (last?.action === 'recommend') return ` On ${instantOf(last.at)} it found its answer: ${last.reason}.`;
  return '';
}
