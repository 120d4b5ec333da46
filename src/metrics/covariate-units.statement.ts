/**
 * Units with their sums on a metric (s, n) and what was known of them before their exposure (x).
 *
 * Parameters: $1 experiment, $2 phase, $3 metric (or a ratio's numerator), $4 a ratio's denominator, $5 kind, $6 whether a
 * unit without an outcome counts as zero, $7 cohort bins before, $8 attribute, $9 metric of the past, $10 milliseconds of
 * the past. Per-unit kinds come as s = the unit's value, n = 1.
 *
 * The past is what other experiments recorded of the same unit before its exposure in this one. It is gathered from the
 * outcomes, each looked up once in the exposures, since the embedded database has no statistics to choose a join by.
 */
const units = `
past AS MATERIALIZED (
  SELECT f.unit, avg(k.v)::float8 AS x FROM outcome f
  CROSS JOIN LATERAL (
    SELECT exposed_at FROM exposure e WHERE e.experiment_id = $1 AND e.unit = f.unit AND e.phase = $2 OFFSET 0
  ) e
  CROSS JOIN unnest(f.metrics, f."values") AS k(m, v)
  WHERE $9::int IS NOT NULL AND k.m = $9 AND f.experiment_id <> $1 AND f.in_window
    AND f.at < e.exposed_at AND f.at >= e.exposed_at - $10::float8 * interval '1 millisecond'
  GROUP BY f.unit
), measured AS (
  SELECT x.variant, x.unit, t.total AS s, CASE WHEN $4::int IS NULL THEN t.events::numeric ELSE b.total END AS n,
    CASE WHEN $8::text IS NULL THEN NULL
         WHEN jsonb_typeof(x.attributes -> $8::text) = 'number' THEN (x.attributes ->> $8::text)::float8
         WHEN jsonb_typeof(x.attributes -> $8::text) = 'boolean' THEN (x.attributes ->> $8::text)::boolean::int::float8 END AS attribute
  FROM exposure x
  LEFT JOIN LATERAL (
    SELECT total, events FROM unit_total u
    WHERE u.experiment_id = $1 AND u.unit = x.unit AND u.phase = $2 AND u.metric = $3 OFFSET 0
  ) t ON true
  LEFT JOIN LATERAL (
    SELECT total FROM unit_total u
    WHERE u.experiment_id = $1 AND u.unit = x.unit AND u.phase = $2 AND u.metric = $4 OFFSET 0
  ) b ON true
  WHERE x.experiment_id = $1 AND x.phase = $2 AND x.variant <> '$holdback' AND ($7::timestamptz IS NULL OR x.cohort_bin < $7)
), valued AS (
  SELECT variant, coalesce(attribute, past.x) AS x,
    CASE WHEN coalesce(n, 0) = 0 THEN 0 WHEN $5 = 'proportion' THEN (s > 0)::int WHEN $5 = 'mean-per-unit' THEN s / n
         ELSE coalesce(s, 0) END::float8 AS s,
    CASE WHEN $5 IN ('proportion', 'mean-per-unit') THEN 1 WHEN $5 = 'mean' AND coalesce(n, 0) = 0 THEN 1
         ELSE coalesce(n, 0) END::float8 AS n
  FROM measured LEFT JOIN past USING (unit)
  WHERE $6::boolean OR coalesce(n, 0) <> 0
)`;

/** The units one by one. */
export const adjustedRows = `WITH ${units} SELECT variant, s AS sum, n AS events, x AS covariate FROM valued`;

/** Their second moments by variant, around the variant's means; a missing x is the mean of the others, and m marks it. */
export const adjustedMoments = `
WITH ${units}, filled AS (
  SELECT variant, s, n, coalesce(x, avg(x) OVER (), 0) AS x, (x IS NULL)::int AS m FROM valued
), centre AS (
  SELECT variant, avg(s) AS ms, avg(n) AS mn, avg(x) AS mx, avg(m) AS mm FROM filled GROUP BY variant
)
SELECT variant, count(*)::float8 AS units, (count(*) - sum(m))::float8 AS known, sum(s) AS sum, sum(n) AS events, avg(x) AS "covariateMean",
  sum((s - ms) ^ 2) AS "sumSquares", sum((n - mn) ^ 2) AS "eventSquares", sum((s - ms) * (n - mn)) AS "crossProducts",
  sum((x - mx) ^ 2) AS "covariateSquares", sum((x - mx) * (s - ms)) AS "covariateSums",
  sum((x - mx) * (n - mn)) AS "covariateEvents", avg(m)::float8 AS "unknownShare", sum((m - mm) ^ 2)::float8 AS "unknownSquares",
  sum((m - mm) * (x - mx))::float8 AS "unknownCovariate", sum((m - mm) * (s - ms))::float8 AS "unknownSums",
  sum((m - mm) * (n - mn))::float8 AS "unknownEvents"
FROM filled JOIN centre USING (variant) GROUP BY variant`;
