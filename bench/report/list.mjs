import pg from 'pg';
import { withKey } from '../redis.mjs';

const atOnce = 20_000;

/** Keeps an experiment's outcomes also as the article does, a list of JSON in Redis, while work runs. */
export const withList = ({ databaseUrl, experiment, key }, work) =>
  withKey(key, async (redis) => {
    await copy(databaseUrl, redis, experiment, key);
    return work();
  });

async function copy(databaseUrl, redis, experiment, key) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(
      `DECLARE event CURSOR FOR
       SELECT json_build_object('variantId', x.variant, 'userId', 'user-' || left(f.unit::text, 8),
         'metrics', json_build_object(m.key, f."values"[1]), 'timestamp', floor(extract(epoch FROM f.at) * 1000))::text AS entry
       FROM outcome f JOIN exposure x USING (experiment_id, unit, phase) JOIN metric m ON m.id = f.metrics[1]
       WHERE f.experiment_id = (SELECT id FROM experiment WHERE key = '${experiment}')`,
    );
    for (;;) {
      const { rows } = await client.query(`FETCH ${atOnce} FROM event`);
      if (rows.length === 0) return;
      await redis.rpush(key, ...rows.map(({ entry }) => entry));
    }
  } finally {
    await client.end();
  }
}
