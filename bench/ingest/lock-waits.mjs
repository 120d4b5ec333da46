import pg from 'pg';

/** Looks every 20 ms at what a database's connections do: the share of those at work that wait for another one's lock. */
export async function watchLocks(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const seen = { working: 0, waiting: 0 };
  let open = true;
  const watching = (async () => {
    while (open) {
      const { rows } = await client.query(
        `SELECT count(*)::int AS working, count(*) FILTER (WHERE wait_event_type = 'Lock')::int AS waiting FROM pg_stat_activity
         WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
      );
      seen.working += rows[0].working;
      seen.waiting += rows[0].waiting;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return async () => {
    open = false;
    await watching;
    await client.end();
    return seen.waiting / Math.max(1, seen.working);
  };
}
