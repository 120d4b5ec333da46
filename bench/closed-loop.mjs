import { performance } from 'node:perf_hooks';

const milliseconds = () => performance.now();

/**
 * Keeps that many calls in flight for so long, after as much warming up as is said: calls per second that were answered, and
 * how long the median and the slowest of a hundred took, in milliseconds.
 */
export async function closedLoop(call, { inFlight, seconds, warmUp = 2 }) {
  const begin = milliseconds() + warmUp * 1000;
  const end = begin + seconds * 1000;
  const waits = [];
  const lane = async () => {
    for (let start = milliseconds(); start < end; start = milliseconds()) {
      await call();
      const now = milliseconds();
      if (now >= begin && now < end) waits.push(now - start);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  waits.sort((a, b) => a - b);
  const at = (share) => waits[Math.floor(waits.length * share)];
  return { perSecond: waits.length / seconds, p50: at(0.5), p99: at(0.99) };
}
