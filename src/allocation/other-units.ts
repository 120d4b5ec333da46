import type { Allocation } from '../experiments/allocation.js';
import type { Experiment } from '../experiments/experiment.js';
import { presentLeaves } from '../experiments/leaves.js';
import { enclosingSegments } from '../experiments/segment.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';
import type { Change } from '../lifecycle/change.js';

/**
 * Epochs for the root and the leaves to which other units come under a new allocation, because leaves begin or cease to be
 * served; none where the same go on. So units of one epoch are of one kind, and reports need not mix them.
 *
 * @param leafEpochs all epochs of leaves, oldest first
 * @example otherUnits(seen, { mode: 'fixed' }, leafEpochs).epoch?.cause; // 'segments'
 */
export function otherUnits(
  seen: Experiment,
  allocation: Allocation,
  leafEpochs: readonly WeightEpoch[],
): Pick<Change, 'epoch' | 'leaves'> {
  const namesUnder = (experiment: Experiment) =>
    presentLeaves({ experiment, leafEpochs }).map(({ segment }) => segment);
  const [before, after] = [namesUnder(seen), namesUnder({ ...seen, allocation })];
  const [ended, begun] = [without(before, after), without(after, before)];
  if (ended.length + begun.length === 0) return {};
  const reason = [
    ...(ended.length > 0 ? [`${ended.join(', ')} served with the units around again`] : []),
    ...(begun.length > 0 ? [`${begun.join(', ')} served with weights of their own again`] : []),
  ].join('; ');
  const around = new Set([...ended, ...begun].flatMap(enclosingSegments));
  const kept = after.filter((segment) => before.includes(segment) && around.has(segment));
  const evidence = { reason, before, after };
  return {
    epoch: { cause: 'segments', evidence },
    ...(kept.length > 0
      ? { leaves: kept.map((segment) => ({ segment, cause: 'segments' as const, evidence })) }
      : {}),
  };
}

function without(names: readonly string[], others: readonly string[]): string[] {
  return names.filter((name) => !others.includes(name));
}
