/** How to allow for several comparisons at once. */
export type Adjustment = 'bonferroni' | 'holm' | 'hochberg' | 'benjamini-hochberg' | 'benjamini-yekutieli';

/**
 * P-values that may each be compared with alpha although several hypotheses are tested together.
 *
 * - `bonferroni`, `holm`: no false discovery at all with probability 1 − alpha, whatever the dependence; Holm finds more.
 * - `hochberg`: the same for independent (or positively dependent) tests.
 * - `benjamini-hochberg`: at most a share alpha of the discoveries false on average (same proviso);
 *   `benjamini-yekutieli`: whatever the dependence. With 1 / e-values, `benjamini-hochberg` is the e-BH procedure and
 *   needs no proviso (Wang, Ramdas 2022, JRSS B 84:822).
 *
 * Source: Holm 1979; Hochberg 1988; Benjamini, Hochberg 1995; Benjamini, Yekutieli 2001. Agrees with R's p.adjust.
 *
 * @example adjustPValues([0.01, 0.04, 0.03], 'holm'); // [0.03, 0.06, 0.06]
 */
export function adjustPValues(pValues: readonly number[], adjustment: Adjustment): number[] {
  const count = pValues.length;
  switch (adjustment) {
    case 'bonferroni':
      return pValues.map((p) => Math.min(1, count * p));
    case 'holm':
      return stepwise(pValues, 'down', (rank) => count - rank + 1);
    case 'hochberg':
      return stepwise(pValues, 'up', (rank) => count - rank + 1);
    case 'benjamini-hochberg':
      return stepwise(pValues, 'up', (rank) => count / rank);
    case 'benjamini-yekutieli': {
      const harmonic = pValues.reduce((sum, _, i) => sum + 1 / (i + 1), 0);
      return stepwise(pValues, 'up', (rank) => (harmonic * count) / rank);
    }
  }
}

/** Multiplies the p-value of each rank (1 = smallest) and makes the results follow the ranks, going down or up the list. */
function stepwise(
  pValues: readonly number[],
  direction: 'down' | 'up',
  factor: (rank: number) => number,
): number[] {
  const order = [...pValues.keys()].sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const ranked = order.map((index, position) => ({ index, p: factor(position + 1) * (pValues[index] ?? 0) }));
  const adjusted = pValues.map(() => 1);
  let bound = direction === 'down' ? 0 : 1;
  for (const { index, p } of direction === 'down' ? ranked : ranked.reverse()) {
    bound = direction === 'down' ? Math.max(bound, p) : Math.min(bound, p);
    adjusted[index] = Math.min(1, bound);
  }
  return adjusted;
}
