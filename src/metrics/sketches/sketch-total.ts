import { storedBin } from './sketch-bin.js';

/** Parts that the units of a quantile metric are divided into; as many degrees of freedom are plenty. */
export const unitParts = 128;

/** Numbers of writers under which sketches are kept: processes hardly wait for one another, and rows stay few. */
const sketchWriters = 4;

/** Adds to a sketch what a statement before it selects. */
export const addToSketchTotal = `
ON CONFLICT (experiment_id, phase, metric, variant, cohort_bin, part, bin, writer) DO UPDATE
  SET events = t.events + excluded.events`;

/**
 * Counts values in their bins: exact, so the order of writes never matters; and in the order of keys, so that writers never
 * wait for one another in a circle.
 *
 * `values` selects e (experiment), p (phase), u (unit), v (variant), m (metric), b (cohort bin), quantile (whether the
 * metric is one), sign (1, or −1 for a value that no longer counts) and x (the value, a float8); `writer` is a smallint.
 * Units of a quantile metric are divided by the first byte of their key, which is a hash, and keep their cohort bin. Of
 * other metrics only quantiles of all events are shown.
 */
export const countInSketches = (values: string, writer: string) => `
INSERT INTO sketch_total AS t (experiment_id, phase, metric, variant, cohort_bin, part, bin, writer, events)
SELECT e, p, m, v, CASE WHEN quantile THEN b ELSE '-infinity' END AS cohort,
       CASE WHEN quantile THEN get_byte(uuid_send(u), 0) % ${unitParts} ELSE 0 END AS part,
       ${storedBin('x')} AS bin, ${writer} % ${sketchWriters}, sum(sign)
FROM (${values}) k
GROUP BY e, p, m, v, cohort, part, bin HAVING sum(sign) <> 0 ORDER BY e, p, m, v, cohort, part, bin
${addToSketchTotal}`;
