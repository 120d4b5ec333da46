import { insufficient, type Insufficient } from './estimate.js';
import { gaussLegendre } from './gauss-legendre.js';
import { cutLine, mergeCuts } from './line-cuts.js';
import { posteriorLines } from './posterior-line.js';
import { isProper, mirror, type Posterior } from './posterior.js';
import type { Direction } from './probability-best.js';

export interface BestFeasible {
  readonly status: 'ok';
  /** Per variant, the chance of being the best of those that may be chosen, given that one may; they sum to 1. */
  readonly probabilities: readonly number[];
  /** The chance that any variant may be chosen at all. */
  readonly anyFeasible: number;
}

/**
 * Per variant, the probability of being the best among the variants that may be chosen, where each may only with a
 * probability of its own.
 *
 * P_i = φ_i ∫ f_i(x) Π_{j≠i} (1 − φ_j + φ_j F_j(x)) dx, divided by 1 − Π (1 − φ_j): of the rivals, one that may not be chosen
 * beats nobody. Quadrature as in `probabilityBest`, which this is when every φ is 1. Whether a variant may be chosen counts as
 * independent of how good it is, and of the others. Source: own; Gelbart, Snoek, Adams 2014, UAI (independent conditions).
 *
 * @param feasible per variant, φ: the chance that it may be chosen
 * @throws AssayError when the posteriors are of different families
 * @example bestFeasible([{ family: 'normal', mean: 4, standardDeviation: 0.1 }, { family: 'normal', mean: 3, standardDeviation: 0.1 }], 'increase', [0.1, 1]).probabilities; // [0.1, 0.9]
 */
export function bestFeasible(
  posteriors: readonly Posterior[],
  direction: Direction,
  feasible: readonly number[],
): BestFeasible | Insufficient {
  if (posteriors.length === 0) return insufficient('No variants.');
  const faulty = posteriors.findIndex((posterior) => !isProper(posterior));
  if (faulty >= 0)
    return insufficient(`The posterior of variant ${faulty} has no spread or is not a distribution.`);
  const anyFeasible = 1 - feasible.reduce((none, chance) => none * (1 - chance), 1);
  if (!(anyFeasible > 0)) return insufficient('No variant can be chosen.');
  const chances = integrate(direction === 'increase' ? posteriors : posteriors.map(mirror), feasible);
  const total = chances.reduce((sum, chance) => sum + chance, 0);
  return { status: 'ok', probabilities: chances.map((chance) => chance / total), anyFeasible };
}

function integrate(rising: readonly Posterior[], feasible: readonly number[]): number[] {
  const { lines } = posteriorLines(rising);
  const cutsOf = lines.map(cutLine);
  const ends = cutsOf.map((own) => own.at(-1) ?? 0);
  const chances = lines.map(() => 0);
  for (const { x, weight } of gaussLegendre(
    mergeCuts(cutsOf, Math.min(...cutsOf.map((own) => own[0] ?? 0))),
  )) {
    const beaten = lines.map((line, i) => {
      const own = feasible[i] ?? 0;
      return 1 - own * (x > (ends[i] ?? 0) ? 0 : 1 - line.lowerTail(x));
    });
    lines.forEach((line, i) => {
      if (x > (ends[i] ?? 0)) return;
      const others = beaten.reduce((product, each, j) => (j === i ? product : product * each), 1);
      chances[i] = (chances[i] ?? 0) + weight * (feasible[i] ?? 0) * line.density(x) * others;
    });
  }
  return chances;
}
