/** Whole days for which the unit of an exposure has been observed at `now`, at most `days` of them. */
const observed = (days: string, now: string) => `CASE WHEN ${now}::timestamptz IS NULL THEN ${days}::int
  ELSE greatest(0, least(${days}::int, floor(extract(epoch FROM ${now}::timestamptz - exposed_at) / 86400)::int)) END`;

/**
 * One row for each unit, metric and whole day since the unit's first exposure, with the same rules by which totals count:
 * n values, their sum s and sum of squares q, and the unit's own value y of that day.
 *
 * Parameters: $1 experiment, $2 phase, $3 metric rules, $4 number of days, $5 now. A day counts once it is over. What is
 * dated shortly before the exposure, as clocks differ, belongs to day 0. Look-ups are by key: the embedded database
 * gathers no statistics to plan a join with.
 */
export const unitDays = `
rule AS MATERIALIZED (
  SELECT * FROM json_to_recordset($3::json) AS r(id int, quality boolean, cap numeric, proportion boolean, "perUnit" boolean)
), unit_day_sum AS (
  SELECT f.unit, x.variant, x.epoch, x.observed, k.m, r.proportion, r."perUnit", t.day,
    count(*)::numeric AS n, sum(least(k.v, r.cap)) AS s, sum(least(k.v, r.cap) * least(k.v, r.cap)) AS q
  FROM outcome f
  CROSS JOIN LATERAL (
    SELECT variant, epoch, exposed_at, ${observed('$4', '$5')} AS observed FROM exposure e
    WHERE e.experiment_id = f.experiment_id AND e.unit = f.unit AND e.phase = f.phase OFFSET 0
  ) x
  CROSS JOIN LATERAL (SELECT greatest(0, floor(extract(epoch FROM f.at - x.exposed_at) / 86400))::int AS day OFFSET 0) t
  CROSS JOIN unnest(f.metrics, f."values") AS k(m, v)
  CROSS JOIN LATERAL (SELECT * FROM rule WHERE rule.id = k.m OFFSET 0) r
  WHERE f.experiment_id = $1 AND f.phase = $2 AND f.in_window AND t.day < x.observed
    AND NOT (r.quality AND EXISTS (SELECT 1 FROM errored_interaction q WHERE q.experiment_id = f.experiment_id
      AND q.unit = f.unit AND q.interaction = f.interaction OFFSET 0))
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
), unit_day AS (
  SELECT *, CASE WHEN proportion THEN (s > 0)::int ELSE div(s * 1e12, n) * 1e-12 END AS y FROM unit_day_sum
)`;

/** The exposures that {@link unitDays} looks up, counted by how long their units have been observed. */
export const observedUnits = `
SELECT variant, epoch, days, count(*)::float8 AS units
FROM (SELECT variant, epoch, ${observed('$3', '$4')} AS days FROM exposure
      WHERE experiment_id = $1 AND phase = $2) exposed
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
