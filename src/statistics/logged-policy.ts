import { normalQuantile } from './distributions.js';
import { insufficient, type Insufficient } from './estimate.js';
import { exactSum } from './exact-sum.js';
import type { Moments } from './moments.js';
import type { PolicyValue } from './off-policy.js';

/** Units that met the same variant with the same chances under the policy that served them and under another one. */
export interface LoggedCell {
  /** Of the reward; each unit is a cluster of its events. */
  readonly moments: Moments;
  /** Probability of the variant when the units were served; above 0. */
  readonly propensity: number;
  /** Probability of the same variant under the policy that is asked about. */
  readonly target: number;
}

/** What is averaged: all events alike, or each unit's own value. */
export type RewardMean = 'of-events' | 'of-units';

/** A figure with its standard error and its confidence interval. */
export interface LoggedValue extends PolicyValue {
  readonly interval: readonly [number, number];
}

/** Two policies on the same log. */
export interface LoggedPolicyEstimate {
  readonly status: 'ok';
  readonly asServed: LoggedValue;
  readonly asTarget: LoggedValue;
  /** Target minus served; both rest on the same units. */
  readonly difference: LoggedValue;
  /** Mean of the weights; 1 where the log has every choice of the other policy. */
  readonly meanWeight: number;
  /** Units of equal weight that these are worth under the other policy. */
  readonly effectiveUnits: number;
}

/**
 * What another policy would have earned beside what was earned, from totals of units instead of single choices.
 *
 * With w = target / propensity, and a unit's reward a over d (of events: the sum of its values over their number; of units:
 * its own value over 1): served V = Σ a / Σ d, target V' = Σ w a / Σ w d (self-normalised inverse propensity scoring). The
 * variance of each, and of V' − V, is the sum over units of their squared influence, which is
 * w (a − V' d) / Σ w d − (a − V d) / Σ d, so that a unit counts once however many events it has. For units with one event
 * each this is SNIPS of `offPolicyEstimate`.
 * Assumes that units do not depend on each other and that chances of either policy rest on earlier units alone; then the
 * influences are martingale differences and the interval holds for a policy that learns, given the path that it took.
 * Source: Swaminathan, Joachims 2015, NeurIPS (SNIPS); Owen 2013, Monte Carlo, section 9.2 (its variance); Hall, Heyde 1980,
 * Martingale Limit Theory, section 3.2.
 *
 * @throws RangeError for a propensity that is not above 0
 * @example loggedPolicy(cells, 'of-units', 0.05).difference.interval; // [0.01, 0.05]
 */
export function loggedPolicy(
  cells: readonly LoggedCell[],
  mean: RewardMean,
  alpha: number,
): LoggedPolicyEstimate | Insufficient {
  if (cells.some(({ propensity }) => !(propensity > 0))) {
    throw new RangeError('A logged unit cannot have met a variant whose probability was not above 0');
  }
  const parts = cells.map((cell) => partOf(cell, mean));
  const units = exactSum(parts.map((part) => part.units));
  const served = exactSum(parts.map((part) => part.base));
  const target = exactSum(parts.map(({ weight, base }) => weight * base));
  if (units < 2) return insufficient(`Too few units are logged, ${units} of the 2 needed.`);
  if (!(target > 0)) return insufficient('The other policy would have made none of the logged choices.');
  const servedValue = exactSum(parts.map(({ sum }) => sum)) / served;
  const targetValue = exactSum(parts.map(({ weight, sum }) => weight * sum)) / target;
  const valueWith = (value: number, influence: Influence) => withInterval(value, parts, influence, alpha);
  const ofServed: Influence = () => [1 / served, servedValue / served];
  const ofTarget: Influence = ({ weight }) => [weight / target, (weight * targetValue) / target];
  const weights = exactSum(parts.map(({ weight, units: own }) => weight * own));
  return {
    status: 'ok',
    asServed: valueWith(servedValue, ofServed),
    asTarget: valueWith(targetValue, ofTarget),
    difference: valueWith(targetValue - servedValue, (part) => {
      const [sumServed, baseServed] = ofServed(part);
      const [sumTarget, baseTarget] = ofTarget(part);
      return [sumTarget - sumServed, baseTarget - baseServed];
    }),
    meanWeight: weights / units,
    effectiveUnits: weights ** 2 / exactSum(parts.map(({ weight, units: own }) => weight ** 2 * own)),
  };
}

/** A cell's Σ a and Σ d, and their second moments around the cell's means. */
interface Part {
  readonly units: number;
  readonly weight: number;
  readonly sum: number;
  readonly base: number;
  readonly sumSquares: number;
  readonly baseSquares: number;
  readonly products: number;
}

/** By what a unit's a, and by what its d, is multiplied in its influence. */
type Influence = (part: Part) => readonly [ofSum: number, ofBase: number];

function partOf({ moments, propensity, target }: LoggedCell, mean: RewardMean): Part {
  const { units, events, sum, sumSquares, eventSquares, crossProducts, valueSum, valueSquares } = moments;
  const weight = target / propensity;
  return mean === 'of-events'
    ? { units, weight, sum, base: events, sumSquares, baseSquares: eventSquares, products: crossProducts }
    : { units, weight, sum: valueSum, base: units, sumSquares: valueSquares, baseSquares: 0, products: 0 };
}

function withInterval(
  value: number,
  parts: readonly Part[],
  influence: Influence,
  alpha: number,
): LoggedValue {
  const squares = parts.map((part) => {
    const [ofSum, ofBase] = influence(part);
    const within =
      ofSum ** 2 * part.sumSquares + ofBase ** 2 * part.baseSquares - 2 * ofSum * ofBase * part.products;
    const centre = ofSum * part.sum - ofBase * part.base;
    return part.units > 0 ? Math.max(0, within) + centre ** 2 / part.units : 0;
  });
  const standardError = Math.sqrt(exactSum(squares));
  const reach = -normalQuantile(alpha / 2) * standardError;
  return { value, standardError, interval: [value - reach, value + reach] };
}
