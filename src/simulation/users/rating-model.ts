/** Chances a rating adds up: 1 star for sure, and one more for each that falls well. */
export const drawsPerRating = 4;

/** Share of the spread of ratings that lies between users, as intraclass correlation. */
export const ratingCorrelation = 0.4;

/** How correlated the chances of one user are, so that the ratings are as correlated as {@link ratingCorrelation}. */
const chanceCorrelation = ratingCorrelation / (drawsPerRating - ratingCorrelation * (drawsPerRating - 1));

/** Balls the urn starts with. */
const concentration = 1 / chanceCorrelation - 1;

/**
 * The ratings that one user gives to one variant, 1 to 5 stars each, one for each four draws.
 *
 * A rating is 1 plus four chances, drawn from a Pólya urn that the user keeps: each draw puts one more ball of its colour
 * back, so some users are easy to please and others are not. The mean is exactly `mean`, the variance
 * 4 p q (1 + 3 ρ) with p = (mean − 1) / 4, q = 1 − p and ρ = 1/7, and two ratings of one user correlate by 0.4.
 * The same draws never give fewer stars under a higher mean.
 *
 * Source: Johnson, Kotz 1977, Urn Models and Their Application, section 4.2 (the beta-binomial as an urn).
 *
 * @param mean true mean of all users' ratings, 1 to 5
 * @param draws for each rating, four numbers of at least 0 and below 1
 * @example ratingsOf(3.6, [[0.1, 0.9, 0.3, 0.7]]) // [4]
 */
export function ratingsOf(mean: number, draws: readonly (readonly number[])[]): number[] {
  let good = ((mean - 1) / drawsPerRating) * concentration;
  let all = concentration;
  return draws.map((chances) => {
    let rating = 1;
    for (const chance of chances) {
      const falls = chance < good / all ? 1 : 0;
      rating += falls;
      good += falls;
      all += 1;
    }
    return rating;
  });
}

/**
 * Variance of a single rating under {@link ratingsOf}.
 *
 * @example ratingVariance(3.6) // 1.3
 */
export function ratingVariance(mean: number): number {
  const share = (mean - 1) / drawsPerRating;
  return drawsPerRating * share * (1 - share) * (1 + (drawsPerRating - 1) * chanceCorrelation);
}
