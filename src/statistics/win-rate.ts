import { checkProbability } from './check-argument.js';
import { insufficient, type Insufficient, type Interval } from './estimate.js';
import { findRoot } from './find-root.js';
import { logSum } from './log-sum.js';

/** How often one of two was preferred. One answer per unit: what a unit is asked again does not count apart. */
export interface Preferences {
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
}

/** How often one of two is preferred, a tie being half a win. */
export interface WinRate {
  readonly status: 'ok';
  /** From 0 to 1; 0.5 = neither is. */
  readonly value: number;
  /** Holds the true rate at all looks together with probability 1 − alpha. */
  readonly interval: Interval;
}

/** Shares of the most that can be lost: small ones win over many units, large ones over few. */
const bets = [0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8];

/**
 * The win rate, with an interval that may be looked at any number of times and holds from the first unit on.
 *
 * Two bettors with half of alpha each play against "the rate is m", on values x of 1, 1/2 and 0: one on more, with capital
 * K(m) = mean over f of Π (1 + f (x / m − 1)), one on less, the same of 1 − x and 1 − m. Where m is true, either capital
 * ever reaches 2 / alpha with probability alpha / 2 at most (Ville); the interval is what neither has refuted. No
 * distribution is assumed. Swapping wins and losses turns the interval around 1/2.
 * Source: Waudby-Smith, Ramdas 2024, JRSS B 86:1, section 4 (with constant bets, as `placeBets` has them).
 *
 * @throws AssayError INTERNAL for an alpha outside (0, 1)
 * @example winRate({ wins: 60, ties: 10, losses: 30 }, 0.05); // { value: 0.65, interval: [0.496, 0.784], status: 'ok' }
 */
export function winRate({ wins, ties, losses }: Preferences, alpha: number): WinRate | Insufficient {
  checkProbability('alpha', alpha);
  const units = wins + ties + losses;
  if (units === 0) return insufficient('No pair has been judged yet.');
  const low = lowerBound({ wins, ties, losses }, alpha / 2);
  const high = 1 - lowerBound({ wins: losses, ties, losses: wins }, alpha / 2);
  return { status: 'ok', value: (wins + ties / 2) / units, interval: [low, high] };
}

/** The least rate that a bettor on more has not refuted. */
function lowerBound(preferences: Preferences, alpha: number): number {
  const { wins, ties, losses } = preferences;
  if (wins + ties === 0) return 0;
  const value = (wins + ties / 2) / (wins + ties + losses);
  // At the mean seen no bettor has won anything (Jensen); below it the capital only grows.
  return findRoot((rate) => logCapital(preferences, rate) + Math.log(alpha), 1e-12, value, 1e-9);
}

function logCapital({ wins, ties, losses }: Preferences, rate: number): number {
  const gain = (bet: number, value: number) => Math.log1p(bet * (value / rate - 1));
  const capitals = bets.map((bet) => wins * gain(bet, 1) + ties * gain(bet, 0.5) + losses * Math.log1p(-bet));
  return logSum(capitals) - Math.log(bets.length);
}
