import { logNormal, type Random } from '../../src/llm/simulated/seeded-random.js';

/** Latencies of units whose log-normal events are alike: intraclass correlation 0.3, geometric numbers of events. */
export function clusteredLatencies(
  plan: {
    readonly units: number;
    readonly median: number;
    readonly sigma?: number;
    readonly events?: number;
  },
  random: Random,
): number[][] {
  const { units, median, sigma = 1, events = 10 } = plan;
  return Array.from({ length: units }, () => {
    const own = logNormal(median, sigma * Math.sqrt(0.3), random);
    const count = 1 + Math.floor(Math.log(1 - random()) / Math.log(1 - 1 / events));
    return Array.from({ length: count }, () => logNormal(own, sigma * Math.sqrt(0.7), random));
  });
}
