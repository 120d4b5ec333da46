/** What is believed about one variant's mean: a Beta for rates, a Normal or Student's t for means. */
export type Posterior = BetaPosterior | NormalPosterior | StudentPosterior;

export interface BetaPosterior {
  readonly family: 'beta';
  readonly alpha: number;
  readonly beta: number;
}

export interface NormalPosterior {
  readonly family: 'normal';
  readonly mean: number;
  readonly standardDeviation: number;
}

export interface StudentPosterior {
  readonly family: 'student-t';
  readonly location: number;
  readonly scale: number;
  readonly degreesOfFreedom: number;
}

/**
 * Whether the parameters make a proper distribution with some spread.
 *
 * @example isProper({ family: 'beta', alpha: 0, beta: 3 }); // false
 */
export function isProper(posterior: Posterior): boolean {
  const positive = (value: number): boolean => value > 0 && value < Infinity;
  switch (posterior.family) {
    case 'beta':
      return positive(posterior.alpha) && positive(posterior.beta);
    case 'normal':
      return positive(posterior.standardDeviation) && Number.isFinite(posterior.mean);
    case 'student-t':
      return (
        positive(posterior.scale) &&
        positive(posterior.degreesOfFreedom) &&
        Number.isFinite(posterior.location)
      );
  }
}

/**
 * The posterior mean; a t without a mean (1 degree of freedom or fewer) gives null.
 *
 * @example meanOf({ family: 'beta', alpha: 1, beta: 3 }); // 0.25
 */
export function meanOf(posterior: Posterior): number | null {
  switch (posterior.family) {
    case 'beta':
      return posterior.alpha / (posterior.alpha + posterior.beta);
    case 'normal':
      return posterior.mean;
    case 'student-t':
      return posterior.degreesOfFreedom > 1 ? posterior.location : null;
  }
}

/**
 * The belief about −θ, or about 1 − θ for a rate: what turns "smaller is better" into "larger is better".
 *
 * @example mirror({ family: 'beta', alpha: 1, beta: 3 }); // { family: 'beta', alpha: 3, beta: 1 }
 */
export function mirror(posterior: Posterior): Posterior {
  switch (posterior.family) {
    case 'beta':
      return { family: 'beta', alpha: posterior.beta, beta: posterior.alpha };
    case 'normal':
      return { ...posterior, mean: -posterior.mean };
    case 'student-t':
      return { ...posterior, location: -posterior.location };
  }
}
