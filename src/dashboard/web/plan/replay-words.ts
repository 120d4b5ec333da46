import type { ReplayView } from '../api/contract.js';
import { differenceOf, rangeOf, shareOf, valueOf } from '../format/number.js';

/**
 * What a bandit would have been worth, in sentences: first the answer, then how sure it is.
 *
 * @param higherIsBetter whether more of the reward is better
 */
export function replayWords(
  { estimate, steps }: ReplayView,
  unit: string | null,
  higherIsBetter = true,
): string[] {
  const { asServed, asBandit, difference, interval } = estimate;
  const [low, high] = interval;
  const print = (value: number) => differenceOf(value, unit);
  if (low === 0 && high === 0)
    return [`A bandit would have done the same: ${valueOf(asServed, unit)} a unit.`, ...lastShares(steps)];
  const isSure = low > 0 || high < 0;
  const isBetter = (higherIsBetter ? 1 : -1) * difference > 0;
  const values = `${valueOf(asBandit, unit)} a unit instead of ${valueOf(asServed, unit)}`;
  return [
    isSure
      ? `A bandit would have done ${isBetter ? 'better' : 'worse'}: ${values}, a difference of ${print(difference)}.`
      : `Whether a bandit would have done better cannot be told: ${values}, and the difference may be chance.`,
    `The interval of that difference: ${rangeOf(interval, print)}.`,
    ...lastShares(steps),
  ];
}

function lastShares(steps: ReplayView['steps']): string[] {
  const last = steps.at(-1);
  if (!last) return [];
  const shares = Object.entries(last.weights).map(([variant, share]) => `${variant} ${shareOf(share)}`);
  return [`It would have ended with ${shares.join(', ')}.`];
}
