import type { Experiment } from '../experiments/experiment.js';
import type { RolloutState } from '../experiments/schedule.js';
import { exactShares } from '../lifecycle/exact-shares.js';

/** What deciding the weights of a stage takes. */
export type RolloutPlan = Pick<RolloutState, 'winner' | 'remainder' | 'weightsBefore'>;

/**
 * Shares by variant at a stage that gives the winner `percent` of all units; they sum to exactly 1.
 *
 * The winner never has less than before. The others keep what remains, in proportion to their shares before the rollout, so
 * that a unit only ever moves to the winner; or control takes all of it.
 *
 * @example stageWeights(experiment, { winner: 'b', remainder: 'others', weightsBefore: { a: 0.5, b: 0.5 } }, 75) // { a: 0.25, b: 0.75 }
 */
export function stageWeights(
  { variants, control }: Pick<Experiment, 'variants' | 'control'>,
  { winner, remainder, weightsBefore }: RolloutPlan,
  percent: number,
): Record<string, number> {
  const winning = Math.max(weightsBefore[winner] ?? 0, percent / 100);
  const others = variants.map(({ key }) => (key === winner ? 0 : (weightsBefore[key] ?? 0)));
  const total = others.reduce((sum, share) => sum + share, 0);
  const shares = variants.map(({ key }, index) => {
    if (key === winner) return winning;
    if (remainder === 'control' || total === 0) return key === control ? 1 - winning : 0;
    return ((others[index] ?? 0) / total) * (1 - winning);
  });
  const exact = exactShares(shares);
  return Object.fromEntries(variants.map(({ key }, index) => [key, exact[index] ?? 0]));
}
