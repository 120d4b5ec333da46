const steps = 400_000;

/**
 * Per variant, the chance to be the best, by summing on a grid even in the logit of the rate: the midpoint rule, with
 * nothing clever and nothing of Assay in it.
 */
export function exactBest(posteriors) {
  const [from, to] = [-60, 60];
  const width = (to - from) / steps;
  const logOf = ({ alpha, beta }, t) => alpha * -Math.log1p(Math.exp(-t)) + beta * -Math.log1p(Math.exp(t));
  const peaks = posteriors.map((posterior) => logOf(posterior, Math.log(posterior.alpha / posterior.beta)));
  const density = (index, t) => Math.exp(logOf(posteriors[index], t) - peaks[index]);
  const below = posteriors.map(() => 0);
  const best = posteriors.map(() => 0);
  const totals = posteriors.map((_, index) => {
    let sum = 0;
    for (let step = 0; step < steps; step++) sum += density(index, from + (step + 0.5) * width);
    return sum;
  });
  for (let step = 0; step < steps; step++) {
    const own = posteriors.map((_, index) => density(index, from + (step + 0.5) * width) / totals[index]);
    const middle = below.map((sum, index) => sum + own[index] / 2);
    own.forEach((mass, index) => {
      best[index] += middle.reduce(
        (product, tail, other) => (other === index ? product : product * tail),
        mass,
      );
      below[index] += mass;
    });
  }
  return best;
}
