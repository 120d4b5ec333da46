import { logNormal, type Random } from '../llm/simulated/seeded-random.js';
import { drawsPerRating, ratingsOf } from '../simulation/users/rating-model.js';
import type { Truth } from './story.js';

/** Shares of visits. */
const habits = { rates: 0.85, thumbs: 0.5, retries: 0.06 } as const;

/** What one visit measured, by metric key. */
export type Measures = Readonly<Record<string, number>>;

/**
 * What one visit of a user comes to under that truth. An answer that failed is neither rated nor of any use.
 *
 * @example drawVisit(truth, seededRandom('user 1')).latency_ms // 812
 */
export function drawVisit(truth: Truth, random: Random): Measures {
  const latency_ms = Math.round(logNormal(truth.latency, 0.35, random));
  const cost_usd = Number(logNormal(truth.cost, 0.3, random).toFixed(7));
  const chances = Array.from({ length: drawsPerRating }, random);
  const [fails, rates, thumbs, retries, completes] = [random(), random(), random(), random(), random()];
  if (fails < truth.error) return withoutAnswer({ latency_ms, cost_usd });
  const [rating = 3] = ratingsOf(truth.rating, [chances]);
  return {
    error: 0,
    latency_ms,
    cost_usd,
    task_completed: completes < truth.completed ? 1 : 0,
    retried: retries < habits.retries ? 1 : 0,
    ...(rates < habits.rates ? { user_rating: rating } : {}),
    ...(thumbs < habits.thumbs ? { thumbs_up: rating >= 4 ? 1 : 0 } : {}),
  };
}

/** What remains of a visit whose answer failed: the time and the cost. */
export function withoutAnswer({ latency_ms = 0, cost_usd = 0 }: Measures): Measures {
  return { error: 1, latency_ms, cost_usd };
}
