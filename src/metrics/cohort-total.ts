/** Adds to a cohort's totals what a statement before it selects; the sums are exact, so the order never matters. */
export const addToCohortTotal = `
ON CONFLICT (experiment_id, phase, segment, variant, metric, epoch, cohort_bin, writer) DO UPDATE
  SET units = t.units + excluded.units, events = t.events + excluded.events, total = t.total + excluded.total,
      squares = t.squares + excluded.squares, unit_squares = t.unit_squares + excluded.unit_squares,
      event_squares = t.event_squares + excluded.event_squares, cross_products = t.cross_products + excluded.cross_products,
      value_sum = t.value_sum + excluded.value_sum, value_squares = t.value_squares + excluded.value_squares`;

/**
 * A unit's own value from the sum and number of its events, for a mean or a proportion.
 *
 * A mean is cut after twelve decimals by whole division. The decimals of an ordinary quotient depend on how many zeros its
 * operands carry, that is on their past, so what was once added could not be taken away again exactly.
 *
 * @example unitValue('n1', 's1');
 */
export const unitValue = (events: string, sum: string) =>
  `CASE WHEN ${events} = 0 THEN 0 WHEN rule.proportion THEN (${sum} > 0)::int ELSE div(${sum} * 1e12, ${events}) * 1e-12 END`;
