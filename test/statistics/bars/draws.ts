/** Below this many trials a binomial is drawn coin by coin. */
const fewTrials = 24;

/**
 * Random draws, millions in a second and the same in every run with the same seed.
 *
 * Source: Doty-Humphrey 2014, PractRand (the small fast counting generator sfc32).
 */
export class Draws {
  private a = 0;
  private b: number;
  private c: number;
  private counter = 1;
  private spare: number | null = null;

  constructor(seed: number) {
    this.b = seed | 0;
    this.c = Math.imul(seed, 0x9e3779b1) | 0;
    for (let round = 0; round < 12; round += 1) this.next();
  }

  /** Evenly between 0 and 1, neither of them included. */
  uniform(): number {
    return ((this.next() >>> 0) + 0.5) / 2 ** 32;
  }

  /** 1 with this probability, else 0. */
  coin(probability: number): 0 | 1 {
    return this.uniform() < probability ? 1 : 0;
  }

  /** Standard normal. Source: Marsaglia, Bray 1964, SIAM Review 6:260 (the polar method). */
  normal(): number {
    if (this.spare !== null) {
      const { spare } = this;
      this.spare = null;
      return spare;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      this.spare = y * scale;
      return x * scale;
    }
  }

  /** 1, 2, 3, … with this mean, above 1: trials up to the first success. */
  geometric(mean: number): number {
    return 1 + Math.floor(Math.log(this.uniform()) / Math.log1p(-1 / mean));
  }

  /** exp of a normal. */
  lognormal(logMean: number, logDeviation: number): number {
    return Math.exp(logMean + logDeviation * this.normal());
  }

  /** Gamma with scale 1. Source: Marsaglia, Tsang 2000, ACM Transactions on Mathematical Software 26:363. */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * this.uniform() ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(this.uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  chiSquare(degreesOfFreedom: number): number {
    return degreesOfFreedom > 0 ? 2 * this.gamma(degreesOfFreedom / 2) : 0;
  }

  beta(alpha: number, beta: number): number {
    const success = this.gamma(alpha);
    return success / (success + this.gamma(beta));
  }

  /**
   * Successes in so many trials. The middle one of the trials' uniforms, in order, is a Beta; those on one side of it are
   * then decided together. Source: Knuth 1997, The Art of Computer Programming 2, section 3.4.1.
   */
  binomial(trials: number, probability: number): number {
    let [open, chance, successes] = [trials, probability, 0];
    while (open >= fewTrials) {
      const below = Math.floor(open / 2);
      const middle = this.beta(below + 1, open - below);
      if (middle >= chance) {
        open = below;
        chance /= middle;
      } else {
        successes += below + 1;
        open -= below + 1;
        chance = (chance - middle) / (1 - middle);
      }
    }
    for (let trial = 0; trial < open; trial += 1) successes += this.coin(chance);
    return successes;
  }

  private next(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum;
  }
}
