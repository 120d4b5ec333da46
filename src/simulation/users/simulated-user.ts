import { logNormal, seededRandom, type Random } from '../../llm/simulated/seeded-random.js';
import { drawsPerRating, ratingsOf } from './rating-model.js';

/** How often users do what; shares of visits. */
export const habits = {
  /** Leave before the answer is there. */
  abandon: 0.04,
  /** Ask for the same summary again before they rate. */
  retry: 0.06,
  /** Rate the summary they got. */
  rate: 0.85,
  /** Come back for another summary. */
  comeBack: 0.25,
  /** Meet an answer that failed. */
  fail: 0.01,
} as const;

const mostVisits = 3;

/** One summary asked for, and what comes of it whichever variant is served. */
export interface Visit {
  readonly abandons: boolean;
  readonly retries: boolean;
  readonly rates: boolean;
  readonly fails: boolean;
  readonly latencyMilliseconds: number;
  readonly costUsd: number;
  /** What decides the rating, once the variant is known. */
  readonly draws: readonly number[];
}

/** A user who is decided in advance: only the variant, which the server draws, is still open. */
export interface SimulatedUser {
  readonly number: number;
  readonly visits: readonly Visit[];
}

/**
 * The user of that number. The same seed and number always give the same user.
 *
 * @example simulatedUser(1, 17).visits.length // 1, 2 or 3
 */
export function simulatedUser(seed: number, number: number): SimulatedUser {
  const random = seededRandom(`assay simulation ${seed}, user ${number}`);
  const visits = [visit(random)];
  while (visits.length < mostVisits && random() < habits.comeBack) visits.push(visit(random));
  return { number, visits };
}

function visit(random: Random): Visit {
  return {
    abandons: random() < habits.abandon,
    retries: random() < habits.retry,
    rates: random() < habits.rate,
    fails: random() < habits.fail,
    latencyMilliseconds: Math.round(logNormal(900, 0.4, random)),
    costUsd: Number(logNormal(0.0012, 0.3, random).toFixed(7)),
    draws: Array.from({ length: drawsPerRating }, random),
  };
}

/**
 * The rating of each visit, had the user been served summaries whose true mean rating that is.
 *
 * @example visitRatings(simulatedUser(1, 17), 3.6) // [4]
 */
export function visitRatings({ visits }: SimulatedUser, mean: number): number[] {
  return ratingsOf(
    mean,
    visits.map(({ draws }) => draws),
  );
}
