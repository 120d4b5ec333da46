import pg from 'pg';

const shape = `
SELECT c.table_name AS name, array_agg(c.column_name::text ORDER BY c.ordinal_position) AS columns,
  coalesce(array_agg(c.column_name::text) FILTER (WHERE c.data_type NOT LIKE 'timestamp%'), '{}') AS sums,
  coalesce(array_agg(c.column_name::text) FILTER (WHERE k.column_name IS NOT NULL), '{}') AS keys
FROM information_schema.columns c
JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
LEFT JOIN information_schema.table_constraints p
  ON p.table_schema = c.table_schema AND p.table_name = c.table_name AND p.constraint_type = 'PRIMARY KEY'
LEFT JOIN information_schema.key_column_usage k
  ON k.constraint_name = p.constraint_name AND k.table_schema = c.table_schema AND k.table_name = c.table_name AND k.column_name = c.column_name
WHERE c.table_schema = 'public' AND NOT EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = format('%I', c.table_name)::regclass)
GROUP BY c.table_name`;

/**
 * Gives another experiment `times` units for each that one has, with the same values: rows of units once for each copy, and
 * totals that many times as large. All totals are sums over units, so they stay exact. The copies keep the first four
 * bytes of the unit's key, by which units are divided into groups.
 */
export async function multiply(databaseUrl, from, to, times) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(shape);
    const idOf = async (key) =>
      (await client.query('SELECT id FROM experiment WHERE key = $1', [key])).rows[0].id;
    const [source, target] = [await idOf(from), await idOf(to)];
    for (const { name, columns, sums, keys } of rows) {
      const isTotal = columns.includes('writer');
      if (!columns.includes('experiment_id') || !(isTotal || columns.includes('unit'))) continue;
      const chosen = columns.map((column) => {
        if (column === 'experiment_id') return '$2::int';
        if (column === 'unit') return `(left(unit::text, 8) || left(md5(unit::text || copy), 24))::uuid`;
        return isTotal && sums.includes(column) && !keys.includes(column)
          ? `"${column}" * $3::int`
          : `"${column}"`;
      });
      const copies = isTotal ? '(SELECT $3::int) c(copy)' : 'generate_series(1, $3::int) c(copy)';
      const names = columns.map((column) => `"${column}"`).join(', ');
      await client.query(
        `INSERT INTO "${name}" (${names}) SELECT ${chosen.join(', ')} FROM "${name}" CROSS JOIN ${copies} WHERE experiment_id = $1::int`,
        [source, target, times],
      );
    }
  } finally {
    await client.end();
  }
}
