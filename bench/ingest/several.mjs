import { withDatabase } from '../database.mjs';
import { watchLocks } from './lock-waits.mjs';
import { startWriter } from './writers.mjs';

const loop = { call: 'bulk', size: 1_000, inFlight: 4 };

/**
 * Events per second of several processes that write to one experiment at the same time, and the share of waits for locks.
 * `shared`: their events are about the same units, at the same time; otherwise each has units of its own.
 */
export function severalWriters(count, { seconds, shared = false }) {
  return withDatabase(async (databaseUrl) => {
    const writers = [];
    for (let writer = 0; writer < count; writer++) {
      writers.push(await startWriter('assay', { databaseUrl, writer, events: shared ? 0 : writer }));
    }
    const unwatch = await watchLocks(databaseUrl);
    const figures = await Promise.all(writers.map(({ measure }) => measure({ ...loop, seconds })));
    const waiting = await unwatch();
    await Promise.all(writers.map(({ close }) => close()));
    return { perSecond: figures.reduce((sum, { perSecond }) => sum + perSecond, 0), waiting };
  });
}
