import { checkProbability } from './check-argument.js';

/** Units and successes per variant so far, and the e-value they made; start from `noAssignments(variants)`. */
export interface RandomisationState {
  readonly units: readonly number[];
  readonly successes: readonly number[];
  /** ln of the e-value; "no effect" is rejected at level alpha once it reaches ln(1 / alpha), however often one looks. */
  readonly logEValue: number;
}

/** One unit as it was randomised and what came of it. */
export interface RandomisedUnit {
  /** Index of its variant. */
  readonly variant: number;
  readonly success: boolean;
  /** Probability of each variant when it was assigned. */
  readonly propensities: readonly number[];
}

/**
 * The state before the first unit.
 *
 * @example noAssignments(2).logEValue; // 0
 */
export function noAssignments(variants: number): RandomisationState {
  const zeros = Array.from({ length: variants }, () => 0);
  return { units: zeros, successes: zeros, logEValue: 0 };
}

/**
 * Takes one more unit into the test of "the outcome does not depend on the variant", exact at any number of units.
 *
 * E = Π p̂(y | variant) / Σ_g π_g p̂(y | g), with p̂ = (s + 1/2) / (n + 1) from earlier units only. Whatever drifts over
 * time or steers the weights, E has mean 1 when the variant does not matter, because it was drawn with probability π.
 * Source: Turner, Ly, Grünwald 2024, Journal of Statistical Planning and Inference 230 (two-sample e-variables), with
 * the design's own probabilities.
 *
 * @throws AssayError when the probability of the unit's own variant lies outside (0, 1)
 * @example addUnit(noAssignments(2), { variant: 1, success: true, propensities: [0.5, 0.5] }).logEValue; // 0
 */
export function addUnit(state: RandomisationState, unit: RandomisedUnit): RandomisationState {
  checkProbability("the propensity of the unit's own variant", unit.propensities[unit.variant] ?? NaN);
  const chances = state.units.map((units, variant) => {
    const success = ((state.successes[variant] ?? 0) + 0.5) / (units + 1);
    return unit.success ? success : 1 - success;
  });
  const average = chances.reduce(
    (sum, chance, variant) => sum + chance * (unit.propensities[variant] ?? 0),
    0,
  );
  const count = (list: readonly number[], by: number): number[] =>
    list.map((value, variant) => (variant === unit.variant ? value + by : value));
  return {
    units: count(state.units, 1),
    successes: count(state.successes, unit.success ? 1 : 0),
    logEValue: state.logEValue + Math.log((chances[unit.variant] ?? 0) / average),
  };
}

/** Units that came at about the same time under the same propensities, by variant. */
export interface RandomisedCell {
  readonly units: readonly number[];
  readonly successes: readonly number[];
  readonly propensities: readonly number[];
}

/**
 * Takes a whole cell of units into the test. Their order within the cell is not known, so each is predicted from the
 * cells before alone: valid as `addUnit` is, and the weaker the larger the cells. Variants that could not be drawn are
 * passed over.
 *
 * @example addCell(noAssignments(2), { units: [9, 11], successes: [1, 4], propensities: [0.5, 0.5] }).units; // [9, 11]
 */
export function addCell(state: RandomisationState, cell: RandomisedCell): RandomisationState {
  const success = state.units.map((units, variant) => ((state.successes[variant] ?? 0) + 0.5) / (units + 1));
  const average = success.reduce(
    (sum, chance, variant) => sum + chance * (cell.propensities[variant] ?? 0),
    0,
  );
  const logFactor = success.reduce((sum, chance, variant) => {
    const successes = cell.successes[variant] ?? 0;
    const failures = (cell.units[variant] ?? 0) - successes;
    return sum + successes * Math.log(chance / average) + failures * Math.log((1 - chance) / (1 - average));
  }, 0);
  const total = (before: readonly number[], added: readonly number[]): number[] =>
    before.map((count, variant) => count + (added[variant] ?? 0));
  return {
    units: total(state.units, cell.units),
    successes: total(state.successes, cell.successes),
    logEValue: state.logEValue + logFactor,
  };
}
