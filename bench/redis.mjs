import { Redis } from 'ioredis';
import { undoing } from './left-behind.mjs';

/** Where the suites' lists are kept while they run. */
export const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379/9';

/** Runs work that fills a key, which is empty at first and deleted whatever happens. */
export async function withKey(key, work) {
  const redis = new Redis(redisUrl);
  await redis.del(key);
  return undoing(
    async () => {
      await redis.del(key);
      await redis.quit();
    },
    () => work(redis),
  );
}
