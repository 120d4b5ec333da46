import { randomUUID } from 'node:crypto';
import { unitOf } from '../experiment.mjs';

export const experiment = 'exp_bench';

/** Units that one writer's events are about; each sends four in a row, as a session does. */
export const unitsOfWriter = 20_000;

/** One event after the other: an id, a unit and one value of one of five metrics. */
export function eventSource(writer = 0) {
  const metrics = ['user_rating', 'quality_score', 'latency_ms', 'cost_usd', 'output_tokens'];
  let made = 0;
  return () => {
    const turn = made++;
    const unit = unitOf(writer * unitsOfWriter + (Math.floor(turn / 4) % unitsOfWriter));
    return { id: randomUUID(), experiment, unit, metrics: { [metrics[turn % 5]]: 1 + (turn % 400) / 100 } };
  };
}

/** That many at once. */
export const batchOf = (next, size) => Array.from({ length: size }, next);
