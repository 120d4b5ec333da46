/** Shares of the distance from the supposed mean to 1 that are bet on: small ones find small harm, large ones soon find great harm. */
const bets = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8];

/** What a bet keeps, on the logarithmic scale, when a value is 0. */
const lossLogs = bets.map((bet) => Math.log1p(-bet));

/** Halvings that take an interval of length 1 below 1e-13. */
const halvings = 45;

/**
 * A lower bound for the mean of values in [0, 1], one value per unit, that may be looked at after every unit for ever:
 * it exceeds the true mean at any time with probability `alpha` at most. Exact for any number of units, one included.
 *
 * Were the mean p, each q = p + f (1 − p) would make (q/p)^S ((1 − q)/(1 − p))^(n − S) a bet that no strategy wins on average,
 * and so would the average over the f; the bound is the least p against which that average has not yet won 1/alpha.
 * S is the sum of the values, n the number of units.
 *
 * Source: Waudby-Smith, Ramdas 2024, JRSSB 86:1, section 4 (betting with fixed fractions); Howard et al. 2021, Annals of
 * Statistics 49:1055, table 3 (values in [0, 1] are sub-Bernoulli, so that sums suffice).
 *
 * @example boundedMeanLowerBound(30, 30, 0.01) // 0.757: thirty units of thirty failed
 */
export function boundedMeanLowerBound(sum: number, units: number, alpha: number): number {
  if (!(sum > 0) || units <= 0) return 0;
  const goal = -Math.log(alpha);
  let low = 0;
  let high = Math.min(1, sum / units);
  for (let step = 0; step < halvings; step += 1) {
    const middle = (low + high) / 2;
    if (logWinnings(middle, sum, units) >= goal) low = middle;
    else high = middle;
  }
  return low;
}

function logWinnings(mean: number, sum: number, units: number): number {
  const rest = Math.max(0, units - sum);
  const odds = (1 - mean) / mean;
  const logs = bets.map((bet, index) => sum * Math.log1p(bet * odds) + rest * (lossLogs[index] ?? 0));
  const largest = Math.max(...logs);
  return largest + Math.log(logs.reduce((total, log) => total + Math.exp(log - largest), 0) / bets.length);
}
