import { insufficient, type Insufficient } from './estimate.js';
import { exactSum } from './exact-sum.js';

/** One logged choice: what came of it, and how likely it was under each policy. */
export interface LoggedChoice {
  readonly reward: number;
  /** Probability of the choice under the policy that made it; above 0. */
  readonly propensity: number;
  /** Probability of the same choice under the policy that is asked about. */
  readonly target: number;
  /** For the doubly robust estimate: the reward that a model expects of this choice here. */
  readonly expected?: number;
  /** For the doubly robust estimate: the reward that the model expects of the policy that is asked about, here. */
  readonly expectedOfTarget?: number;
}

/** A figure with its standard error. */
export interface PolicyValue {
  readonly value: number;
  readonly standardError: number;
}

/** What another policy would have earned. */
export interface OffPolicyEstimate {
  readonly status: 'ok';
  readonly choices: number;
  /** Inverse propensity scoring: unbiased, and noisy where the policies differ. */
  readonly ips: PolicyValue;
  /** The same, divided by the mean weight: slightly biased, less noisy. */
  readonly snips: PolicyValue;
  /** Doubly robust: right if either the propensities or the model are; null without a model. */
  readonly doublyRobust: PolicyValue | null;
  /** Mean of the weights; 1 where the logged policy could have made every choice of the other. */
  readonly meanWeight: number;
  readonly largestWeight: number;
  /** Choices of equal weight that these are worth. */
  readonly effectiveSampleSize: number;
  /** What to beware of, in sentences; empty where the estimates can be trusted. */
  readonly warnings: readonly string[];
}

/** Below this many effective choices normal intervals are not to be trusted. */
const fewEffective = 1_000;

/** Below this share of the choices the two policies have little in common. */
const smallShare = 0.1;

/** Standard errors of the mean weight from 1, beyond which propensities are wrong or choices are missing. */
const farFromOne = 4;

/**
 * What a policy would have earned, from choices that another one made and logged with their propensities.
 *
 * With w = target / propensity and n choices: IPS = Σ w r / n, its error the standard deviation of w r over √n; SNIPS = Σ w r / Σ w,
 * with √(Σ w² (r − SNIPS)²) / Σ w; DR = mean of q̂(target) + w (r − q̂(choice)); effective sample size (Σ w)² / Σ w².
 * Assumes that the logged propensities are those with which the choices were made, and that one choice's reward does not
 * depend on another's. Source: Horvitz, Thompson 1952, JASA 47:663; Swaminathan, Joachims 2015, NeurIPS (SNIPS); Dudík,
 * Langford, Li 2011, ICML (DR); Kish 1965, Survey Sampling (effective size).
 *
 * @example offPolicyEstimate([{ reward: 1, propensity: 0.5, target: 1 }, { reward: 0, propensity: 0.5, target: 0 }]).ips.value; // 1
 */
export function offPolicyEstimate(choices: readonly LoggedChoice[]): OffPolicyEstimate | Insufficient {
  if (choices.length < 2)
    return insufficient(`Too few choices are logged, ${choices.length} of the 2 needed.`);
  const impossible = choices.findIndex(({ propensity }) => !(propensity > 0 && propensity <= 1));
  if (impossible >= 0) {
    const { propensity } = choices[impossible] ?? {};
    return insufficient(
      `Choice ${impossible} was logged with a propensity of ${propensity}; give one above 0 and up to 1.`,
    );
  }
  const weights = choices.map(({ propensity, target }) => target / propensity);
  const total = exactSum(weights);
  if (!(total > 0)) return insufficient('The policy would have made none of the logged choices.');
  const squares = exactSum(weights.map((weight) => weight ** 2));
  const meanWeight = total / choices.length;
  const effectiveSampleSize = total ** 2 / squares;
  return {
    status: 'ok',
    choices: choices.length,
    ips: meanWithError(choices.map(({ reward }, place) => (weights[place] ?? 0) * reward)),
    snips: selfNormalised(choices, weights, total),
    doublyRobust: doublyRobust(choices, weights),
    meanWeight,
    largestWeight: weights.reduce((most, weight) => Math.max(most, weight), 0),
    effectiveSampleSize,
    warnings: warningsOf(weights, effectiveSampleSize),
  };
}

function selfNormalised(
  choices: readonly LoggedChoice[],
  weights: readonly number[],
  total: number,
): PolicyValue {
  const value = exactSum(choices.map(({ reward }, place) => (weights[place] ?? 0) * reward)) / total;
  const squares = exactSum(
    choices.map(({ reward }, place) => (weights[place] ?? 0) ** 2 * (reward - value) ** 2),
  );
  return { value, standardError: Math.sqrt(squares) / total };
}

function doublyRobust(choices: readonly LoggedChoice[], weights: readonly number[]): PolicyValue | null {
  const terms = choices.flatMap(({ reward, expected, expectedOfTarget }, place) =>
    expected === undefined || expectedOfTarget === undefined
      ? []
      : [expectedOfTarget + (weights[place] ?? 0) * (reward - expected)],
  );
  return terms.length === choices.length ? meanWithError(terms) : null;
}

function meanWithError(values: readonly number[]): PolicyValue {
  const value = exactSum(values) / values.length;
  const squares = exactSum(values.map((each) => (each - value) ** 2));
  return { value, standardError: Math.sqrt(squares / (values.length - 1) / values.length) };
}

function warningsOf(weights: readonly number[], effective: number): string[] {
  const { value, standardError } = meanWithError(weights);
  const size = Math.round(effective);
  const share = effective / weights.length;
  return [
    ...(effective < fewEffective
      ? [
          `The ${weights.length} choices are worth only ${size} of equal weight; the intervals may be too narrow.`,
        ]
      : []),
    ...(share < smallShare
      ? [
          `The policies have little in common: ${(100 * share).toFixed(1)} % of the choices' worth is left. Log with a larger floor.`,
        ]
      : []),
    ...(Math.abs(value - 1) > farFromOne * standardError
      ? [
          `The mean weight is ${value.toPrecision(3)} instead of 1: propensities are wrong, or the log lacks choices that the policy would make.`,
        ]
      : []),
  ];
}
