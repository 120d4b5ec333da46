/** An instant as `Date.toISOString` writes it. */
const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * Pages of a partition's outcomes in key order, `line` being what the archive holds of each: the columns of an export and
 * the experiment's key, which comes first.
 *
 * Parameters: $1 to $3 experiment, unit and id after which the page begins (null = at the first), $4 its length. The
 * lookups go by key; the embedded database has no statistics to choose a join by.
 */
const page = (partition: string) => `
SELECT f.experiment_id, f.unit, f.id, f.at, row_to_json(l)::text AS line
FROM (
  SELECT * FROM "${partition}"
  WHERE $1::int IS NULL OR (experiment_id, unit, id) > ($1::int, $2::uuid, $3::text)
  ORDER BY experiment_id, unit, id LIMIT $4
) f
LEFT JOIN LATERAL (SELECT key FROM experiment e WHERE e.id = f.experiment_id OFFSET 0) e ON true
LEFT JOIN LATERAL (
  SELECT unit_id, variant FROM exposure x
  WHERE x.experiment_id = f.experiment_id AND x.unit = f.unit AND x.phase = f.phase OFFSET 0
) x ON true
CROSS JOIN LATERAL (
  SELECT e.key AS experiment, f.unit, f.id, x.unit_id AS "unitId", x.variant, f.phase, f.interaction, ${instant('f.at')} AS at,
    ${instant('f.received_at')} AS "receivedAt", f.in_window AS "inWindow",
    (SELECT jsonb_object_agg(m.key, k.v) FROM unnest(f.metrics, f."values") AS k(m, v) JOIN metric m ON m.id = k.m) AS metrics, f.tags
) l`;

/** The lines of a page. */
export const readArchivedLines = (partition: string) =>
  `SELECT experiment_id AS "experimentId", unit, id, line FROM (${page(partition)}) p ORDER BY experiment_id, unit, id`;

/** The digest of a page's lines, as `line-digest.ts` computes it, and where the page ends. */
export const digestArchivedLines = (partition: string) => `
WITH p AS MATERIALIZED (${page(partition)})
SELECT count(*)::int AS rows, max(at) AS "latestAt",
  coalesce(sum(('x' || encode(substr(sha256(convert_to(line, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint), 0)::text AS sum,
  (SELECT row_to_json(c) FROM (
    SELECT experiment_id AS "experimentId", unit, id FROM p ORDER BY experiment_id DESC, unit DESC, id DESC LIMIT 1
  ) c) AS last
FROM p`;
