import { randomUUID } from 'node:crypto';
import { unitOf } from '../experiment.mjs';

/** Units that are exposed before anything is sent about them. */
export const unitCount = 2_000;
let made = 0;

/** An outcome of its own, in 287 bytes with the list around it. */
export function outcomeOf(experiment) {
  const unit = unitOf(made++ % unitCount);
  const metrics = { user_rating: 1 + (made % 5), latency_ms: 812.25, cost_usd: 0.00315 };
  return {
    id: randomUUID(),
    experiment,
    unit,
    interaction: randomUUID(),
    metrics,
    tags: { route: 'summarize', model: 'claude-haiku-4-5-v2' },
  };
}

/** The body of a request with that many outcomes. */
export function bodyOf(experiment, count = 1) {
  return JSON.stringify({ outcomes: Array.from({ length: count }, () => outcomeOf(experiment)) });
}
