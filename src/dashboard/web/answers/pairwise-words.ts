import type { PairwiseResult } from '../../../metrics/pairwise-result.js';
import type { Json } from '../api/contract.js';
import { countOf, shareOf } from '../format/number.js';

/**
 * How often the judge prefers a variant's answers to the control's on the same inputs.
 *
 * @example pairwiseWords(result) // 'Of 40 pairs … treatment is preferred in 65 % (49 % to 78 %, a tie counting half), …'
 */
export function pairwiseWords({ variant, pairs, winRate, positionBias, due }: Json<PairwiseResult>): string {
  if (winRate.status !== 'ok' || !('value' in winRate)) {
    const waiting = due > 0 ? `; ${countOf(due)} are to be judged` : '';
    return `No answer of ${variant} has been held against one of the control to the same input yet${waiting}.`;
  }
  const [low, high] = winRate.interval;
  return (
    `Of ${countOf(pairs)} pairs of answers to the same input, judged blind and in both orders, ${variant} is preferred in ` +
    `${shareOf(winRate.value)} (${shareOf(low)} to ${shareOf(high)}, a tie counting half); ` +
    `the order alone turned the preference round in ${shareOf(positionBias.flipped)}.`
  );
}
