import type { Posterior } from '../../src/statistics/posterior.js';

/** A stream of numbers in (0, 1), the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}

export function normalDraw(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

/** Marsaglia, Tsang 2000, ACM Transactions on Mathematical Software 26:363; for shapes of 1 and more. */
function gammaDraw(shape: number, random: () => number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalDraw(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(random()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

function draw(posterior: Posterior, random: () => number): number {
  switch (posterior.family) {
    case 'beta': {
      const success = gammaDraw(posterior.alpha, random);
      return success / (success + gammaDraw(posterior.beta, random));
    }
    case 'normal':
      return posterior.mean + posterior.standardDeviation * normalDraw(random);
    case 'student-t': {
      const half = posterior.degreesOfFreedom / 2;
      const spread = posterior.scale / Math.sqrt(gammaDraw(half, random) / half);
      return posterior.location + spread * normalDraw(random);
    }
  }
}

/** How often each variant wins when each unit is given the variant with the best draw: Thompson sampling itself. */
export function sampledFrequencies(
  posteriors: readonly Posterior[],
  direction: 'increase' | 'decrease',
  draws: number,
  random: () => number,
): number[] {
  const wins = posteriors.map(() => 0);
  const sign = direction === 'increase' ? 1 : -1;
  for (let n = 0; n < draws; n += 1) {
    const values = posteriors.map((posterior) => sign * draw(posterior, random));
    const winner = values.indexOf(Math.max(...values));
    wins[winner] = (wins[winner] ?? 0) + 1;
  }
  return wins.map((count) => count / draws);
}
