import { Redis } from 'ioredis';
import { batchOf, eventSource } from './events.mjs';

/** The list's key. */
export const eventList = 'assay-bench:events';

/** The article's way: each event as JSON on a list in memory, without dedupe, totals or a disk. */
export async function prepare({ redisUrl, writer }) {
  const redis = new Redis(redisUrl, { lazyConnect: true });
  await redis.connect();
  const next = eventSource(writer);
  const push = (size) => async () => {
    const pipeline = redis.pipeline();
    for (const event of batchOf(next, size)) pipeline.rpush(eventList, JSON.stringify(event));
    const failed = (await pipeline.exec()).find(([error]) => error);
    if (failed) throw failed[0];
  };
  return {
    pipeline100: push(100),
    pipeline1000: push(1_000),
    close: () => redis.quit(),
  };
}
