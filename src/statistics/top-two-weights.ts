/**
 * Weights that find the best variant soonest, instead of earning most on the way: half of the units go to the variant that
 * is best in a draw from the posteriors, half to the best of another draw with a different winner.
 *
 * w_i = a_i/2 + a_i/2 Σ_{j≠i} a_j / (1 − a_j) with a the probabilities of being best, so nothing is drawn. Two variants
 * always get half each; a third that is surely worse gets next to nothing. Without a rival that could be best, the
 * others share the second half equally.
 * Source: Russo 2020, Operations Research 68:1625 (top-two Thompson sampling).
 *
 * @param probabilities of being best, summing to 1
 * @example topTwoWeights([0.7, 0.2, 0.1]); // [0.4764, 0.3444, 0.1792]
 */
export function topTwoWeights(probabilities: readonly number[]): number[] {
  const rivals = probabilities.length - 1;
  if (rivals < 1) return probabilities.map(() => 1);
  // 1 − a_j as a sum: the difference would lose a leader's last rivals.
  const others = probabilities.map((_, leader) =>
    probabilities.reduce((sum, chance, variant) => (variant === leader ? sum : sum + chance), 0),
  );
  return probabilities.map((chance, variant) => {
    const second = probabilities.reduce((sum, leads, leader) => {
      const left = others[leader] ?? 0;
      if (leader === variant) return sum;
      return sum + leads * (left > 0 ? chance / left : 1 / rivals);
    }, 0);
    return chance / 2 + second / 2;
  });
}
