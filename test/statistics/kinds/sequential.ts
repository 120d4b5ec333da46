import { noBets, placeBets } from '../../../src/statistics/betting.js';
import {
  confidenceSequence,
  mixtureThreshold,
  mixtureTuning,
  oneSidedConfidenceSequence,
} from '../../../src/statistics/confidence-sequence.js';
import { groupSequentialBounds } from '../../../src/statistics/group-sequential.js';
import { addUnit, noAssignments } from '../../../src/statistics/randomisation-test.js';
import type { Spending } from '../../../src/statistics/spending.js';
import type { Answers } from './kind.js';

interface Mixture {
  readonly estimate: number;
  readonly standard_error: number;
  readonly information_fraction: number;
  readonly alpha: number;
}

function mixture({ estimate, standard_error, information_fraction, alpha }: Mixture): object {
  const look = { estimate, standardError: standard_error, informationFraction: information_fraction };
  const twoSided = confidenceSequence(look, alpha);
  const greater = oneSidedConfidenceSequence(look, alpha, 'greater');
  if (twoSided.status !== 'ok' || greater.status !== 'ok') return {};
  const tuned = mixtureTuning(alpha) * information_fraction;
  return {
    c: mixtureTuning(alpha),
    m: tuned,
    z_threshold: mixtureThreshold(tuned, alpha),
    ci_low: twoSided.interval[0],
    ci_high: twoSided.interval[1],
    log_e_two_sided: twoSided.logEValue,
    p_two_sided: twoSided.pValue,
    log_e_greater: greater.logEValue,
    p_greater: greater.pValue,
  };
}

interface Looks {
  readonly information_fractions: readonly number[];
  readonly alpha: number;
  readonly sides: 1 | 2;
  readonly spending: 'asOF' | 'asP' | 'asKD' | 'asHSD';
  readonly gamma: number | null;
}

function spendingOf({ spending, gamma }: Looks): Spending {
  switch (spending) {
    case 'asOF':
      return { kind: 'obrien-fleming' };
    case 'asP':
      return { kind: 'pocock' };
    case 'asKD':
      return { kind: 'power', exponent: gamma ?? 1 };
    case 'asHSD':
      return { kind: 'hwang-shih-decani', gamma: gamma ?? 0 };
  }
}

function bounds(inputs: Looks): object {
  const { information_fractions: informationFractions, alpha, sides } = inputs;
  const result = groupSequentialBounds({ informationFractions, alpha, sides, spending: spendingOf(inputs) });
  return { critical_values: result.criticalValues, alpha_spent: result.alphaSpent };
}

interface Bets {
  readonly values: readonly number[];
  readonly threshold: number;
  readonly alpha: number;
  readonly bet_fractions: readonly number[];
  readonly restart_every?: number;
}

interface Path {
  readonly logEValues: readonly number[];
}

function eProcess({ logEValues }: Path, alpha: number): object {
  const largest = Math.max(...logEValues);
  const crossing = logEValues.findIndex((logEValue) => logEValue >= -Math.log(alpha));
  return {
    log_e_final: logEValues.at(-1),
    log_e_max: largest,
    first_crossing: crossing < 0 ? null : crossing + 1,
    anytime_p: Math.min(1, Math.exp(-largest)),
  };
}

function betting({ values, threshold, alpha, bet_fractions: betFractions, restart_every }: Bets): object {
  let state = noBets;
  const rule = {
    threshold,
    betFractions,
    ...(restart_every === undefined ? {} : { restartEvery: restart_every }),
  };
  const logEValues = values.map((value) => {
    state = placeBets(state, value, rule);
    return state.logEValue;
  });
  return eProcess({ logEValues }, alpha);
}

interface Randomised {
  readonly assignments: readonly number[];
  readonly outcomes: readonly number[];
  readonly propensity_arm1: number;
}

function randomisation({ assignments, outcomes, propensity_arm1 }: Randomised): object {
  const propensities = [1 - propensity_arm1, propensity_arm1];
  let state = noAssignments(2);
  const logEValues = assignments.map((variant, unit) => {
    state = addUnit(state, { variant, success: outcomes[unit] === 1, propensities });
    return state.logEValue;
  });
  return eProcess({ logEValues }, 0.05);
}

export const sequentialKinds: Answers = {
  mixture_cs: mixture,
  gst_bounds: bounds,
  gst_bounds_many_looks: bounds,
  betting_eprocess: betting,
  restart_betting_eprocess: betting,
  randomisation_eprocess: randomisation,
};
