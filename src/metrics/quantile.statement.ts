import { exposureOf, isErrored } from './exposure-of.js';

/**
 * Each unit's values of one metric that count: in the window, not the quality of an errored interaction, capped.
 *
 * Parameters: $1 experiment, $2 phase, $3 metric, $4 only cohort bins before (null = all), $5 variants, $6 whether the
 * metric is a quality, $7 cap. Values are gathered by unit first, so that each unit's exposure is looked up once.
 */
const unitValues = `
  SELECT x.variant, t.unit, t."values"
  FROM (
    SELECT f.experiment_id, f.unit, f.phase, array_agg(least(k.v, $7::numeric)::float8) AS "values"
    FROM outcome f CROSS JOIN unnest(f.metrics, f."values") AS k(m, v)
    WHERE f.experiment_id = $1 AND f.phase = $2 AND k.m = $3 AND f.in_window AND NOT ($6::boolean AND ${isErrored('f')})
    GROUP BY 1, 2, 3
  ) t CROSS JOIN LATERAL (${exposureOf('t')}) x
  WHERE ($4::timestamptz IS NULL OR x.cohort_bin < $4) AND x.variant = ANY($5::text[])`;

/** A row for each unit. */
export const readUnitValues = `SELECT variant, "values" FROM (${unitValues}) u`;

/**
 * A row for each variant and part of its units: stored numbers of bins with their counts. Parameters $1 to $5 as above.
 * The cost grows neither with the events nor with the units: cohort bins become one as they mature.
 */
export const readSketches = `
SELECT variant, array_agg(bin) AS bins, array_agg(events) AS counts
FROM (
  SELECT variant, part, bin, sum(events)::float8 AS events FROM sketch_total
  WHERE experiment_id = $1 AND phase = $2 AND metric = $3 AND ($4::timestamptz IS NULL OR cohort_bin < $4)
    AND variant = ANY($5::text[])
  GROUP BY 1, 2, 3 HAVING sum(events) <> 0
) b GROUP BY variant, part`;
