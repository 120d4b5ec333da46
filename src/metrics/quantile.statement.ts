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

/** The bin of a positive value, see `sketchOf`; `logGrowth` is ln γ. */
export const sketchBin = (value: string, logGrowth: string) => `ceil(ln(${value}) / ${logGrowth})::int`;

/**
 * A row for each variant and group of units: numbers of bins with their counts, and how many values are 0 or less.
 * Parameters as above, $8 ln γ, $9 groups. A unit's key is a hash, so its first byte divides units at random.
 */
export const readSketches = `
SELECT variant, array_agg(bin) FILTER (WHERE bin IS NOT NULL) AS bins,
  array_agg(events) FILTER (WHERE bin IS NOT NULL) AS counts,
  coalesce(sum(events) FILTER (WHERE bin IS NULL), 0) AS zeros
FROM (
  SELECT variant, get_byte(uuid_send(unit), 0) % $9::int AS part,
    CASE WHEN v > 0 THEN ${sketchBin('v', '$8::float8')} END AS bin, count(*)::float8 AS events
  FROM (${unitValues}) u CROSS JOIN unnest(u."values") AS v
  GROUP BY 1, 2, 3
) b GROUP BY variant, part`;
