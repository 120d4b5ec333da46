/** Whole days for which the unit of an exposure has been observed at `now`, at most `days` of them. */
const observed = (days: string, now: string) => `CASE WHEN ${now}::timestamptz IS NULL THEN ${days}::int
  ELSE greatest(0, least(${days}::int, floor(extract(epoch FROM ${now}::timestamptz - exposed_at) / 86400)::int)) END`;

/** How the metrics that are read count; what `unitDays` looks up. */
export const unitDayRules = `rule AS MATERIALIZED (
  SELECT * FROM json_to_recordset($3::json) AS r(id int, quality boolean, cap numeric, proportion boolean, "perUnit" boolean)
)`;

/** The units of a phase as `e`, with the whole days for which each has been observed. */
export const observedExposures = `(
  SELECT *, ${observed('$4', '$5')} AS observed FROM exposure WHERE experiment_id = $1 AND phase = $2
) e`;

/**
 * One row for each metric and whole day since the first exposure of the unit `e`, with the same rules by which totals
 * count: n values, their sum s and sum of squares q, and the unit's own value y of that day.
 *
 * Parameters: $1 experiment, $2 phase, $3 metric rules, $4 number of days, $5 now. A day counts once it is over. What is
 * dated shortly before the exposure, as clocks differ, belongs to day 0. Everything is looked up by key, unit by unit:
 * the embedded database gathers no statistics to plan a join with, and no unit's days need sorting with another's.
 */
export const unitDays = `
SELECT m, "perUnit", day, n, s, q, CASE WHEN proportion THEN (s > 0)::int ELSE div(s * 1e12, n) * 1e-12 END AS y
FROM (
  SELECT k.m, r.proportion, r."perUnit", t.day,
    count(*)::numeric AS n, sum(least(k.v, r.cap)) AS s, sum(least(k.v, r.cap) * least(k.v, r.cap)) AS q
  FROM outcome f
  CROSS JOIN LATERAL (SELECT greatest(0, floor(extract(epoch FROM f.at - e.exposed_at) / 86400))::int AS day OFFSET 0) t
  CROSS JOIN LATERAL (
    SELECT m, v FROM unnest(f.metrics, f."values") AS k(m, v)
    WHERE m = ANY ((SELECT array_agg(id) FROM rule)::int[]) OFFSET 0
  ) k
  CROSS JOIN LATERAL (SELECT * FROM rule WHERE rule.id = k.m OFFSET 0) r
  WHERE f.experiment_id = e.experiment_id AND f.unit = e.unit AND f.cohort_day = e.cohort_day AND f.phase = e.phase
    AND f.in_window AND t.day < e.observed
    AND NOT (r.quality AND EXISTS (SELECT 1 FROM errored_interaction q WHERE q.experiment_id = f.experiment_id
      AND q.unit = f.unit AND q.interaction = f.interaction OFFSET 0))
  GROUP BY 1, 2, 3, 4
) counted`;

/** The exposures that {@link unitDays} looks up, counted by how long their units have been observed. */
export const observedUnits = `
SELECT variant, epoch, days, count(*)::float8 AS units
FROM (SELECT variant, epoch, ${observed('$3', '$4')} AS days FROM exposure
      WHERE experiment_id = $1 AND phase = $2) exposed
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
