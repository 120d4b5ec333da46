import { addToSketchTotal } from './sketch-total.js';

const key = 'experiment_id, phase, metric, variant, cohort_bin, part, bin, writer';

/**
 * Folds rows of matured cohort bins and of all writers into the one at −infinity, and selects how many rows there were.
 *
 * Parameters: $1 experiment, $2 metrics, $3 only cohort bins before, $4 the most rows at once. Rows are locked in the order
 * in which writers lock them. What a writer adds to a row before it is locked moves along; what comes later begins a new
 * row, which the next call finds.
 */
export const foldSketches = `
WITH matured AS MATERIALIZED (
  SELECT ${key} FROM sketch_total
  WHERE experiment_id = $1 AND metric = ANY($2::int[]) AND cohort_bin > '-infinity' AND cohort_bin < $3::timestamptz
  ORDER BY ${key} LIMIT $4 FOR UPDATE
), gone AS (
  DELETE FROM sketch_total WHERE (${key}) IN (SELECT ${key} FROM matured)
  RETURNING phase, metric, variant, part, bin, events
), folded AS (
  INSERT INTO sketch_total AS t (experiment_id, phase, metric, variant, cohort_bin, part, bin, writer, events)
  SELECT $1, phase, metric, variant, '-infinity', part, bin, 0, sum(events) FROM gone
  GROUP BY phase, metric, variant, part, bin HAVING sum(events) <> 0 ORDER BY phase, metric, variant, part, bin
  ${addToSketchTotal}
)
SELECT count(*)::int AS rows FROM gone`;
