import type { BanditView } from './bandit-view.js';
import { banditSettings } from './bandit-settings.js';
import { leastShares, withFloor, withinStep } from './bandit-weights.js';

/**
 * The shares with which a leaf begins: equal ones for the variants that are served (with what is reserved for control), or as
 * far towards them as the largest step goes.
 *
 * Nothing is known of a leaf but how many units it has, so it explores anew. That costs no more than to begin with the weights
 * around it: the burn-in asks as many units of the variant that gets least, and of a leaf's best variant it would get them last.
 *
 * @param around what is known of the root or the leaf that it parts from
 * @example openingWeights(root); // { control: 0.5, treatment: 0.5 }
 */
export function openingWeights(around: BanditView): Record<string, number> {
  const { variants, present, control, bandit, excluded = [] } = around;
  const { controlShare, maximumStep } = banditSettings(bandit);
  const served = variants.filter((key) => !excluded.includes(key));
  const floors = leastShares(served, control ?? served[0] ?? '', { floor: bandit.floor, controlShare });
  const equal = withFloor(
    served.map(() => 1 / served.length),
    floors,
  );
  const target = variants.map((key) => equal[served.indexOf(key)] ?? 0);
  const shares = withinStep(present, target, maximumStep);
  return Object.fromEntries(variants.map((key, place) => [key, shares[place] ?? 0]));
}
