const { cos, log, sqrt, random, PI } = Math;

const normal = () => sqrt(-2 * log(1 - random())) * cos(2 * PI * random());

/** A draw from a Gamma distribution by Marsaglia and Tsang's method, ACM Transactions on Mathematical Software 26:363 (2000). */
function gamma(shape) {
  if (shape < 1) return gamma(shape + 1) * random() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && log(1 - random()) < (x * x) / 2 + d - d * v + d * log(v)) return d * v;
  }
}

function beta({ alpha, beta: other }) {
  const x = gamma(alpha);
  return x / (x + gamma(other));
}

/** Per variant, the share of draws in which its figure is the largest: the usual way. */
export function shareBest(posteriors, draws) {
  const wins = posteriors.map(() => 0);
  for (let draw = 0; draw < draws; draw++) {
    let [best, most] = [0, -1];
    posteriors.forEach((posterior, index) => {
      const value = beta(posterior);
      if (value > most) [best, most] = [index, value];
    });
    wins[best]++;
  }
  return wins.map((count) => count / draws);
}
