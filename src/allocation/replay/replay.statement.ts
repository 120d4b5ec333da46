/**
 * The units of a log, each with its sums on one metric, as moments by step, variant and propensity. Everything is looked up
 * by key, unit by unit: the embedded database gathers no statistics to plan a join with.
 *
 * Parameters: $1 experiment, $2 metric, $3 start, $4 milliseconds of a step, $5 the last key read, $6 variants, $7 whether
 * a unit without a value counts as zero, $8 whether its value is "any positive event", $9 before when units were exposed
 * that count (null = all do).
 *
 * @param momentColumns the columns that make moments out of exact sums
 */
export const replayCells = (momentColumns: string) => `
SELECT step, variant, propensity, ${momentColumns}
FROM (
  SELECT step, variant, propensity, count(*)::numeric AS u, sum(n) AS n, sum(s) AS s, sum(q) AS q, sum(s * s) AS ss,
    sum(n * n) AS nn, sum(s * n) AS sn, sum(y) AS y, sum(y * y) AS yy
  FROM (
    SELECT step, variant, propensity, n, s, q, CASE WHEN $8::boolean THEN (s > 0)::int ELSE div(s * 1e12, n) * 1e-12 END AS y
    FROM (
      SELECT greatest(0, floor(extract(epoch FROM e.exposed_at - $3::timestamptz) * 1000 / $4::float8))::int AS step,
        e.variant, e.propensity, coalesce(t.events, CASE WHEN $7::boolean THEN 1 END)::numeric AS n,
        coalesce(t.total, 0) AS s, coalesce(t.squares, 0) AS q
      FROM exposure e
      LEFT JOIN LATERAL (
        SELECT events, total, squares FROM unit_total t
        WHERE t.experiment_id = e.experiment_id AND t.unit = e.unit AND t.phase = e.phase AND t.metric = $2 LIMIT 1
      ) t ON true
      WHERE e.experiment_id = $1 AND e.phase = 0 AND e.unit <= $5::uuid AND e.variant = ANY ($6::text[])
        AND e.propensity > 0 AND ($9::timestamptz IS NULL OR e.exposed_at < $9)
    ) logged WHERE n > 0
  ) valued GROUP BY 1, 2, 3
) totals ORDER BY step, variant, propensity`;

/**
 * How many units of each variant there are, when they came, and how many have no propensity.
 *
 * Parameters: $1 experiment, $2 the last key read, $3 variants, $4 before when units were exposed that count (null = all do).
 */
export const replayExtent = `
SELECT variant, count(*)::float8 AS units, count(*) FILTER (WHERE propensity IS NULL OR propensity <= 0)::float8 AS unknown,
  min(exposed_at) AS first, max(exposed_at) AS last
FROM exposure WHERE experiment_id = $1 AND phase = 0 AND unit <= $2::uuid AND variant = ANY ($3::text[])
  AND ($4::timestamptz IS NULL OR exposed_at < $4)
GROUP BY 1 ORDER BY 1`;
