import { addToCohortTotal, unitValue } from './cohort-total.js';
import { isErrored } from './exposure-of.js';
import { countInSketches } from './sketches/sketch-total.js';

/**
 * Gives units the earlier exposure that an import has just brought, and carries their totals to its variant.
 *
 * Parameters: $1 candidates (one a unit, the earliest of the batch), $2 ratio rules, $3 metric rules, $4 writer.
 * The caller holds the units' locks. Of two exposures at one instant the variant first in the alphabet counts,
 * so that the order of lines never matters.
 */
export const rehomeUnits = `
WITH item AS MATERIALIZED (
  SELECT * FROM json_to_recordset($1::json) AS i(e int, u uuid, v text, at timestamptz, q float8)
), ratio AS (
  SELECT * FROM json_to_recordset($2::json) AS r("experimentId" int, id int, numerator int, denominator int)
), rule AS (
  SELECT * FROM json_to_recordset($3::json) AS r(id int, quality boolean, cap numeric, proportion boolean, quantile boolean)
), earlier AS MATERIALIZED (
  SELECT x.experiment_id AS e, x.unit AS u, x.epoch AS n, x.cohort_bin AS b, x.cohort_day AS d, x.variant AS old, v AS new, at, q
  FROM item JOIN exposure x ON x.experiment_id = e AND x.unit = u AND x.phase = 0
  WHERE at < x.exposed_at OR (at = x.exposed_at AND v < x.variant)
), updated AS (
  UPDATE exposure x SET variant = new, exposed_at = at, propensity = q
  FROM earlier WHERE x.experiment_id = e AND x.unit = u AND x.phase = 0
), side AS MATERIALIZED (
  SELECT e, u, n, b, d, old AS v, -1 AS sign FROM earlier WHERE old <> new
  UNION ALL SELECT e, u, n, b, d, new, 1 FROM earlier WHERE old <> new
), exposed AS (
  INSERT INTO exposure_total AS t (experiment_id, phase, variant, epoch, cohort_bin, writer, units)
  SELECT e, 0, v, n, b, $4, sum(sign) FROM side GROUP BY e, v, n, b ORDER BY 1, 3, 4, 5
  ON CONFLICT (experiment_id, phase, segment, variant, epoch, cohort_bin, writer) DO UPDATE SET units = t.units + excluded.units
), sketch AS (
  ${countInSketches(
    `SELECT e, 0 AS p, u, side.v, k.m, b, quantile, sign, least(k.v, cap)::float8 AS x
     FROM side CROSS JOIN LATERAL (
       SELECT f.interaction, f.metrics, f."values", ${isErrored('f')} AS errored FROM outcome f
       WHERE f.experiment_id = e AND f.unit = u AND f.cohort_day = d AND f.phase = 0 AND f.in_window OFFSET 0
     ) f CROSS JOIN unnest(f.metrics, f."values") AS k(m, v) JOIN rule ON rule.id = k.m
     WHERE NOT (quality AND errored)`,
    '$4::smallint',
  )}
), held AS (
  SELECT experiment_id AS e, unit AS u, metric AS m, events::numeric AS n, total AS s, squares AS q
  FROM unit_total WHERE phase = 0 AND (experiment_id, unit) IN (SELECT e, u FROM side)
), held_ratio AS (
  SELECT e, u, ratio.id AS m,
         coalesce(sum(s) FILTER (WHERE m = denominator), 0) AS n, coalesce(sum(s) FILTER (WHERE m = numerator), 0) AS s, 0::numeric AS q
  FROM held JOIN ratio ON "experimentId" = e AND m IN (numerator, denominator) GROUP BY e, u, ratio.id
), unit_value AS (
  SELECT z.*, ${unitValue('n', 's')} AS y, (n <> 0 OR s <> 0)::int AS counted
  FROM (SELECT * FROM held UNION ALL SELECT * FROM held_ratio) z JOIN rule ON rule.id = z.m
)
INSERT INTO cohort_total AS t (experiment_id, phase, variant, metric, epoch, cohort_bin, writer, units, events, total,
  squares, unit_squares, event_squares, cross_products, value_sum, value_squares)
SELECT e, 0, v, m, side.n, b, $4, sum(sign * counted), sum(sign * k.n), sum(sign * s), sum(sign * q),
       sum(sign * s * s), sum(sign * k.n * k.n), sum(sign * s * k.n), sum(sign * y), sum(sign * y * y)
FROM side JOIN unit_value k USING (e, u)
GROUP BY e, v, m, side.n, b ORDER BY 1, 3, 4, 5, 6
${addToCohortTotal}`;
