import { checkPositive, checkProbability } from './check-argument.js';
import { logSum } from './log-sum.js';

/** A guardrail on a mean of values in [0, 1], such as an error rate: "the mean is at most the threshold". */
export interface BettingRule {
  /** The largest harmless mean, inside (0, 1). */
  readonly threshold: number;
  /**
   * Observations after which a fresh bettor joins, so that a good past does not hide a bad present.
   * @default never: one bettor plays with all the capital
   */
  readonly restartEvery?: number;
  /** Bets per bettor, as shares of the most it can lose at a value of 0. @default [0.02, 0.05, 0.1, 0.2, 0.4] */
  readonly betFractions?: readonly number[];
}

/** One bettor: the logarithm of its capital for each bet. */
interface Bettor {
  /** Its number, from 1, which sets its share 1 / (j (j + 1)) of the capital. */
  readonly number: number;
  readonly logCapitals: readonly number[];
}

/** What the process remembers between observations; start from `noBets`. */
export interface BettingState {
  readonly observations: number;
  readonly joined: number;
  readonly bettors: readonly Bettor[];
  /** ln of the e-value; an alarm at level alpha once it reaches ln(1 / alpha), however often one looks. */
  readonly logEValue: number;
}

export const noBets: BettingState = { observations: 0, joined: 0, bettors: [], logEValue: 0 };

const defaultBets = [0.02, 0.05, 0.1, 0.2, 0.4];

/** A bettor with a smaller share of the total is dropped: that can only lower the e-value. */
const logNegligible = Math.log(1e-12);

/**
 * Takes one more observation into a guardrail's e-process.
 *
 * E = Σ_j 1/(j(j+1)) × mean over f of Π_{i since start j} (1 + (f / p₀)(x_i − p₀)) + unused weight: a mixture of betting
 * e-processes with restarts, hence an e-process itself. No distribution is assumed: values in [0, 1] whose mean, given
 * the past, is at most p₀. With several observations per unit, feed unit means.
 * Source: Waudby-Smith, Ramdas 2024, JRSS B 86:1 (betting); Shin, Ramdas, Rinaldo 2023 (restarts: e-detectors).
 *
 * @throws AssayError when the threshold lies outside (0, 1), the value outside [0, 1], or the restart is not positive
 * @example placeBets(noBets, 1, { threshold: 0.05, restartEvery: 100 }).logEValue; // 0.90
 */
export function placeBets(state: BettingState, value: number, rule: BettingRule): BettingState {
  checkProbability('threshold', rule.threshold);
  const restartEvery = rule.restartEvery ?? Infinity;
  if (restartEvery !== Infinity) checkPositive('restartEvery', restartEvery);
  if (value !== 0 && value !== 1) checkProbability('a value that is neither 0 nor 1', value);
  const bets = rule.betFractions ?? defaultBets;
  const joins = state.observations % restartEvery === 0;
  const joined = state.joined + (joins ? 1 : 0);
  const playing = joins
    ? [...state.bettors, { number: joined, logCapitals: bets.map(() => 0) }]
    : state.bettors;
  const gains = bets.map((bet) => Math.log1p((bet / rule.threshold) * (value - rule.threshold)));
  const bettors = playing.map(({ number, logCapitals }) => ({
    number,
    logCapitals: logCapitals.map((capital, bet) => capital + (gains[bet] ?? 0)),
  }));
  const alone = restartEvery === Infinity;
  const shares = bettors.map((bettor) => logCapital(bettor) + (alone ? 0 : logWeight(bettor)));
  const logEValue = logSum(alone ? shares : [...shares, -Math.log(joined + 1)]);
  return {
    observations: state.observations + 1,
    joined,
    bettors: bettors.filter((_, i) => (shares[i] ?? 0) > logEValue + logNegligible),
    logEValue,
  };
}

function logCapital({ logCapitals }: Bettor): number {
  return logSum(logCapitals) - Math.log(logCapitals.length);
}

function logWeight({ number }: Bettor): number {
  return -Math.log(number * (number + 1));
}
