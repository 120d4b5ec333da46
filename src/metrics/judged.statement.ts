import { exposureOf, isErrored } from './exposure-of.js';

/**
 * Per unit, over its interactions that a judge scored: sums of labels and of scores, apart for those with a label and
 * those without. Of several values of one interaction their mean counts.
 *
 * Parameters: $1 experiment, $2 phase, $3 only cohort bins before (null = all), $4 variants; of the judge's metric its
 * number $5, whether it is a quality $6, its cap $7; of the labels' metric the same, $8 to $10.
 *
 * An interaction belongs where its score counts: in that phase and in the window. Its label may come much later and still
 * speaks of the same answer; were late labels left out, the labelled would no longer be a random sample of the scored.
 */
export const readJudgedUnits = `
SELECT x.variant,
  count(t.label)::float8 AS labelled,
  coalesce(sum(t.label), 0)::float8 AS labels,
  coalesce(sum(t.judge) FILTER (WHERE t.label IS NOT NULL), 0)::float8 AS "judgeOnLabelled",
  coalesce(var_pop(t.judge) FILTER (WHERE t.label IS NOT NULL) * count(t.label), 0)::float8 AS "spreadOnLabelled",
  count(*) FILTER (WHERE t.label IS NULL)::float8 AS unlabelled,
  coalesce(sum(t.judge) FILTER (WHERE t.label IS NULL), 0)::float8 AS "judgeElsewhere",
  coalesce(var_pop(t.judge) FILTER (WHERE t.label IS NULL) * count(*) FILTER (WHERE t.label IS NULL), 0)::float8 AS "spreadElsewhere"
FROM (
  SELECT f.experiment_id, f.unit, $2::smallint AS phase, f.interaction,
    avg(least(k.v, $7::numeric)) FILTER (WHERE k.m = $5 AND f.in_window AND f.phase = $2::smallint) AS judge,
    avg(least(k.v, $10::numeric)) FILTER (WHERE k.m = $8) AS label
  FROM outcome f CROSS JOIN unnest(f.metrics, f."values") AS k(m, v)
  WHERE f.experiment_id = $1 AND k.m IN ($5, $8)
    AND NOT (CASE WHEN k.m = $5 THEN $6::boolean ELSE $9::boolean END AND ${isErrored('f')})
  GROUP BY 1, 2, 4
) t CROSS JOIN LATERAL (${exposureOf('t')}) x
WHERE t.judge IS NOT NULL AND ($3::timestamptz IS NULL OR x.cohort_bin < $3) AND x.variant = ANY($4::text[])
GROUP BY x.variant, t.unit`;
