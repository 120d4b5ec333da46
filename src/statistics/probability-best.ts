import { insufficient, type Insufficient } from './estimate.js';
import { gaussLegendre } from './gauss-legendre.js';
import { cutLine, mergeCuts, middleOf } from './line-cuts.js';
import { isProper, meanOf, mirror, type Posterior } from './posterior.js';
import { posteriorLines, type PosteriorLines } from './posterior-line.js';

/** Which way a metric is better. */
export type Direction = 'increase' | 'decrease';

export interface ProbabilityBest {
  readonly status: 'ok';
  /** Per variant, the chance that its true figure is the best; they sum to 1. */
  readonly probabilities: readonly number[];
  /** Expected value of the best figure; null when a posterior has no mean. */
  readonly expectedBest: number | null;
  /** Per variant, how much is lost on average by choosing it, in the metric's unit; null as above. */
  readonly expectedLosses: readonly number[] | null;
}

/** A chance this small that all others lie below changes nothing. */
const negligible = 1e-14;

/**
 * Per variant, the probability of being the best and the expected loss of choosing it, given independent posteriors.
 *
 * P(best_i) = ∫ f_i(x) Π_{j≠i} F_j(x) dx and E[max] = ∫ x dΠF_j, by quadrature: the line is cut at quantiles of every
 * posterior, with 8 Gauss–Legendre points per piece. Deterministic, error below 1e-8. For a metric that should fall, the
 * beliefs are mirrored first.
 * Source: Scott 2010, Applied Stochastic Models in Business and Industry 26:639 (randomised probability matching).
 *
 * @throws AssayError when the posteriors are of different families
 * @example probabilityBest([{ family: 'beta', alpha: 11, beta: 91 }, { family: 'beta', alpha: 14, beta: 88 }], 'increase').probabilities; // [0.257, 0.743]
 */
export function probabilityBest(
  posteriors: readonly Posterior[],
  direction: Direction,
): ProbabilityBest | Insufficient {
  if (posteriors.length === 0) return insufficient('No variants.');
  const faulty = posteriors.findIndex((posterior) => !isProper(posterior));
  if (faulty >= 0)
    return insufficient(`The posterior of variant ${faulty} has no spread or is not a distribution.`);
  const rising = direction === 'increase' ? posteriors : posteriors.map(mirror);
  const { chances, best } = integrateBest(posteriorLines(rising));
  const total = chances.reduce((sum, chance) => sum + chance, 0);
  const probabilities = chances.map((chance) => chance / total);
  const means = rising.map(meanOf);
  if (means.includes(null)) return { status: 'ok', probabilities, expectedBest: null, expectedLosses: null };
  const losses = means.map((mean) => Math.max(0, best - (mean ?? 0)));
  const offset = posteriors[0]?.family === 'beta' ? 1 : 0;
  const expectedBest = direction === 'increase' ? best : offset - best;
  return {
    status: 'ok',
    probabilities,
    expectedBest,
    expectedLosses: posteriors.length === 1 ? [0] : losses,
  };
}

/** P(best) per line and E[max], the latter around a middle point so that far tails do not cancel. */
function integrateBest({ lines, value, slope }: PosteriorLines): { chances: number[]; best: number } {
  const cutsOf = lines.map(cutLine);
  const ends = cutsOf.map((own) => own.at(-1) ?? 0);
  const middle = middleOf(cutsOf);
  // Below where the last line begins, that line is never exceeded.
  const breaks = mergeCuts(cutsOf, Math.max(...cutsOf.map((own) => own[0] ?? 0)));
  const chances = lines.map(() => 0);
  let best = value(middle);
  for (const { x, weight } of gaussLegendre(breaks)) {
    const below = lines.map((line, i) => (x > (ends[i] ?? 0) ? 1 : line.lowerTail(x)));
    const allBelow = below.reduce((product, tail) => product * tail, 1);
    best += weight * slope(x) * (x > middle ? 1 - allBelow : -allBelow);
    lines.forEach((line, i) => {
      const others = below.reduce((product, tail, j) => (j === i ? product : product * tail), 1);
      if (others > negligible && x <= (ends[i] ?? 0)) {
        chances[i] = (chances[i] ?? 0) + weight * line.density(x) * others;
      }
    });
  }
  const end = breaks.at(-1) ?? 0;
  return { chances, best: lines.reduce((sum, line) => sum + line.excess(end), best) };
}
