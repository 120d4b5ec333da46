import { logGamma } from './distributions.js';
import type { Proportion } from './proportion.js';

/** Tables less likely than the observed one up to this factor count as equally likely: rounding must not part them. */
const tie = 1 + 1e-7;

/**
 * The two-sided p-value of "the proportions are equal" that is exact for any table: Fisher's test.
 *
 * The total probability, with all margins fixed, of the tables that are no more likely than the observed one.
 * Source: Fisher 1934; the two-sided rule as in R's fisher.test.
 *
 * @example fisherExactPValue({ successes: 0, units: 20 }, { successes: 3, units: 20 }); // 0.2308
 */
export function fisherExactPValue(control: Proportion, treatment: Proportion): number {
  const successes = control.successes + treatment.successes;
  const lowest = Math.max(0, successes - treatment.units);
  const highest = Math.min(successes, control.units);
  const logChance = (inControl: number): number =>
    logChoose(control.units, inControl) + logChoose(treatment.units, successes - inControl);
  const total = logChoose(control.units + treatment.units, successes);
  const observed = logChance(control.successes) + Math.log(tie);
  let pValue = 0;
  for (let inControl = lowest; inControl <= highest; inControl += 1) {
    const chance = logChance(inControl);
    if (chance <= observed) pValue += Math.exp(chance - total);
  }
  return Math.min(1, pValue);
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}
