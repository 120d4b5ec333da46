/**
 * P-values corrected for their number, so that the chance of any false alarm among them stays at alpha: Holm's
 * step-down. Null stays null and does not count.
 *
 * Sorted ascending, p'_(i) = max over j ≤ i of min(1, (m − j + 1) p_(j)). Valid under any dependence, for fixed and for
 * anytime p-values.
 * Source: Holm 1979, Scandinavian Journal of Statistics 6:65.
 *
 * @example holm([0.01, 0.04, 0.03]); // [0.03, 0.06, 0.06]
 */
export function holm(pValues: readonly (number | null)[]): (number | null)[] {
  const ranked = rank(pValues);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let largest = 0;
  ranked.forEach(({ place, pValue }, order) => {
    largest = Math.max(largest, Math.min(1, (ranked.length - order) * pValue));
    adjusted[place] = largest;
  });
  return adjusted;
}

/**
 * P-values corrected so that the expected share of false alarms among the alarms stays at alpha: Benjamini–Hochberg's
 * step-up. Null stays null and does not count.
 *
 * Sorted ascending, p'_(i) = min over j ≥ i of min(1, m p_(j) / j). Valid under independence and positive dependence.
 * Source: Benjamini, Hochberg 1995, JRSS B 57:289.
 *
 * @example benjaminiHochberg([0.01, 0.04, 0.03]); // [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(pValues: readonly (number | null)[]): (number | null)[] {
  const ranked = rank(pValues);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let least = 1;
  for (let order = ranked.length - 1; order >= 0; order -= 1) {
    const { place, pValue } = ranked[order] ?? { place: 0, pValue: 1 };
    least = Math.min(least, (ranked.length * pValue) / (order + 1));
    adjusted[place] = least;
  }
  return adjusted;
}

function rank(pValues: readonly (number | null)[]): { place: number; pValue: number }[] {
  return pValues
    .flatMap((pValue, place) => (pValue === null ? [] : [{ place, pValue }]))
    .sort((a, b) => a.pValue - b.pValue);
}
