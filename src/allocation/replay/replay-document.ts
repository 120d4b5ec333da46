import type { LoggedPolicyEstimate } from '../../statistics/logged-policy.js';

/** What a bandit would have done on an experiment's log, and what that would have earned. */
export interface ReplayDocument {
  readonly experiment: string;
  readonly reward: string;
  /** ISO 8601 duration between steps. */
  readonly every: string;
  readonly steps: readonly {
    /** RFC 3339 instant from which on the weights would have been in force. */
    readonly at: string;
    /** By variant: share of new units. */
    readonly weights: Readonly<Record<string, number>>;
    /** Units first exposed in the step that have the reward. */
    readonly units: number;
  }[];
  readonly estimate: {
    /** Mean reward of all units as they were served. */
    readonly asServed: number;
    /** Mean reward that the bandit's weights would have given. */
    readonly asBandit: number;
    /** Bandit minus served. */
    readonly difference: number;
    /** Confidence interval of the difference; units count as clusters. */
    readonly interval: readonly [number, number];
  };
  /** How the figures were made, in a sentence. */
  readonly method: string;
  /** What to know before believing them, in sentences. */
  readonly warnings: readonly string[];
}

/** What a replay rests on, for its warnings. */
export interface ReplayBasis {
  readonly units: number;
  /** Share of the log's units that was read. */
  readonly share: number;
  readonly asked: string;
  readonly every: string;
  readonly withoutPropensity: number;
  readonly narrowedSteps: number;
  readonly steps: number;
  readonly hasMoved: boolean;
}

/** Units of equal weight below which normal intervals are not to be trusted. */
const fewEffective = 200;

/** How a replay is made, in a sentence. */
export const replayMethod =
  'Thompson sampling, step by step, on units whose window was over by then, each counted as often as the bandit would have served its like; ' +
  'values by self-normalised inverse propensity scoring, with units as clusters, given the path of weights.';

/**
 * What to know before believing a replay.
 *
 * @example replayWarnings(estimate, basis)[0]; // 'The weights never moved: …'
 */
export function replayWarnings(
  { effectiveUnits, meanWeight }: LoggedPolicyEstimate,
  basis: ReplayBasis,
): string[] {
  const { units, share, asked, every, withoutPropensity, narrowedSteps, steps, hasMoved } = basis;
  return [
    ...(hasMoved
      ? []
      : [
          'The weights never moved: until its end the log had too few units, or too little difference, for a step.',
        ]),
    ...(share < 1
      ? [`Read of a random ${percent(share)} of the units, ${units}, which stand for all of them.`]
      : []),
    ...(every === asked ? [] : [`Steps of ${asked} would be too many; these are of ${every}.`]),
    ...(withoutPropensity > 0
      ? [`${withoutPropensity} units were logged without a propensity and are left out.`]
      : []),
    ...(narrowedSteps > 0
      ? [
          `In ${narrowedSteps} of ${steps} steps the log has nobody with a variant that the bandit would have served; it could not choose it there.`,
        ]
      : []),
    ...(effectiveUnits < fewEffective
      ? [
          `Under the bandit the ${units} units are worth only ${Math.round(effectiveUnits)} of equal weight; the interval may be too narrow.`,
        ]
      : []),
    ...(Math.abs(meanWeight - 1) > 0.1 && effectiveUnits >= fewEffective
      ? [
          `The mean weight is ${meanWeight.toPrecision(3)} instead of 1: the numbers of units do not fit the propensities.`,
        ]
      : []),
  ];
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}
