import type { Experiment } from '../experiments/experiment.js';
import type { Change } from '../lifecycle/change.js';
import { idWords, type ModelChange } from './model-watch.js';

/** The action in the decision log. */
export const modelChangeAction = 'note model change';

/**
 * What a change of models writes: a weight epoch with the weights as they are, and a decision, with the same evidence. Several
 * that are found at once are one.
 *
 * @example modelChange(seen, found).epoch?.cause; // 'model-change'
 */
export function modelChange(seen: Experiment, models: readonly ModelChange[]): Change {
  const reason = models
    .map(({ requestedModel, before, after }) => {
      const [was, is] = [idWords(before), idWords(after)];
      return `${requestedModel} is answered by ${is}, no longer by ${was}`;
    })
    .join('; ');
  return {
    seen,
    patch: {},
    decision: { actor: 'model-watch', action: modelChangeAction, reason, evidence: { models } },
    epoch: { cause: 'model-change', evidence: { reason, models } },
  };
}
