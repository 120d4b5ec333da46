import { exposureOf, isErrored } from '../../metrics/exposure-of.js';

/**
 * The harm that came in since a snapshot, of one experiment's phase: for each watched mean, how many units with which harm.
 *
 * Parameters: $1 experiment, $2 phase, $3 the snapshot of the last look, $4 what is watched, $5 how many outcomes to take in
 * at once. When more wait, the look ends at a transaction's number, `snapshot` says up to where it saw, and `more` is true.
 *
 * What counts as new is decided by transactions, not by clocks: an outcome is taken in by the first look that sees it
 * committed, and by no other. A unit's values of one look are one observation, their mean; `copy` is the number of copies
 * that began no later than the unit's last value before this look, which hence know the unit already. Harm is rounded
 * down to a two-hundredth, which can only weaken evidence and keeps the rows few.
 *
 * Outcomes of before the column `written_in` have none and are not taken in; after a restore into another database the
 * snapshot lies in the future, and `restored` says so.
 */
export const readNewObservations = `
WITH present AS MATERIALIZED (
  SELECT pg_current_snapshot() AS s
), following AS MATERIALIZED (
  SELECT f.written_in FROM outcome f CROSS JOIN present
  WHERE f.experiment_id = $1 AND f.written_in >= pg_snapshot_xmax($3::pg_snapshot) AND f.written_in < pg_snapshot_xmax(present.s)
  ORDER BY f.written_in OFFSET $5::int LIMIT 1
), bound AS MATERIALIZED (
  SELECT present.s, (SELECT (written_in::text::bigint + 1)::text::xid8 FROM following) AS cut FROM present
), seen AS MATERIALIZED (
  SELECT CASE WHEN cut IS NULL OR cut >= pg_snapshot_xmax(s) THEN s
    ELSE format('%s:%s:%s', least(cut, pg_snapshot_xmin(s)), cut,
      (SELECT string_agg(x::text, ',' ORDER BY x) FROM pg_snapshot_xip(s) x WHERE x < cut))::pg_snapshot END AS s,
    cut IS NOT NULL AND cut < pg_snapshot_xmax(s) AS more
  FROM bound
), watched AS MATERIALIZED (
  SELECT * FROM json_to_recordset($4::json) AS w(
    n int, v text, m int, quality boolean, cap numeric, proportion boolean, low numeric, width numeric, above boolean, since bigint[])
), fresh AS MATERIALIZED (
  SELECT f.experiment_id, f.unit, f.phase, f.cohort_day, f.interaction, f.metrics, f."values"
  FROM outcome f CROSS JOIN seen
  WHERE f.experiment_id = $1 AND f.phase = $2::smallint AND f.in_window
    AND f.written_in >= pg_snapshot_xmin($3::pg_snapshot) AND f.written_in < pg_snapshot_xmax(seen.s)
    AND NOT pg_visible_in_snapshot(f.written_in, $3::pg_snapshot)
), observed AS MATERIALIZED (
  SELECT w.n, f.unit, f.cohort_day, count(*) AS values,
    CASE WHEN bool_and(w.proportion) THEN max((k.v > 0)::int)::numeric ELSE avg(least(k.v, w.cap)) END AS y
  FROM fresh f CROSS JOIN LATERAL (${exposureOf('f')}) x CROSS JOIN LATERAL unnest(f.metrics, f."values") AS k(m, v)
  JOIN watched w ON w.v = x.variant AND w.m = k.m
  WHERE NOT (w.quality AND ${isErrored('f')})
  GROUP BY w.n, f.unit, f.cohort_day
), placed AS (
  SELECT o.n, o.values,
    floor(200 * least(1, greatest(0, (CASE WHEN w.above THEN o.y - w.low ELSE w.low + w.width - o.y END) / w.width))) / 200 AS harm,
    coalesce(width_bucket(p.last, w.since), 0) AS copy
  FROM observed o JOIN watched w USING (n)
  CROSS JOIN LATERAL (
    SELECT max(q.written_in::text::bigint) AS last FROM outcome q
    WHERE q.experiment_id = $1 AND q.unit = o.unit AND q.cohort_day = o.cohort_day AND q.phase = $2::smallint
      AND w.m = ANY(q.metrics) AND pg_visible_in_snapshot(q.written_in, $3::pg_snapshot) OFFSET 0
  ) p
)
SELECT seen.s::text AS snapshot, pg_snapshot_xmin(seen.s)::text AS since, seen.more,
  pg_snapshot_xmax(pg_current_snapshot()) < pg_snapshot_xmin($3::pg_snapshot) AS restored,
  coalesce((SELECT json_agg(r) FROM (
    SELECT n, copy AS "fromCopy", harm::float8 AS harm, count(*)::int AS units, sum(values)::int AS values
    FROM placed GROUP BY n, copy, harm ORDER BY n, copy, harm
  ) r), '[]'::json) AS observations
FROM seen`;
