import { prepared } from '../database/prepared.js';
import { addToCohortTotal, unitValue } from './cohort-total.js';
import { computedTags } from './outcome.js';
import { countInSketches } from './sketches/sketch-total.js';

/** Whether tags are those of feedback that the server computed itself. */
function computed(tags: string): string {
  return `(coalesce(${tags} ->> 'source', '') = '${computedTags.source}')`;
}

/** Whether feedback takes the place of the stored row `f`: what is computed that of what is said, else the later one. */
function supersedes(received: string, metrics: string, values: string, tags: string): string {
  return `(${computed(tags)} > ${computed('f.tags')} OR (${computed(tags)} = ${computed('f.tags')} AND (${received} > f.received_at
    OR (${received} = f.received_at AND (${metrics}, ${values}) IS DISTINCT FROM (f.metrics, f."values")))))`;
}

/** What the unit `c` had counted on a metric before. */
function totalOf(metric: string): string {
  return `SELECT total FROM unit_total t WHERE (t.experiment_id, t.unit, t.phase, t.metric) = (c.e, c.u, c.p, ${metric}) OFFSET 0`;
}

/**
 * Writes a batch of outcomes and moves every total by the exact difference, in one statement.
 *
 * Parameters: $1 outcomes, $2 metric rules, $3 ratio rules, $4 homes (where each unit and phase is counted), $5 writer.
 * The caller holds the locks of the batch's units, so what this statement reads of them stays as it is.
 *
 * A value counts if its outcome lies in the window and it is not the quality of an errored interaction. So the totals
 * change by: what the written rows now count, less what replaced rows counted before, less the quality that an
 * interaction had counted before it turned out to be errored.
 *
 * Stored rows are looked up one by one, by key (`OFFSET 0`): a join could be planned while tables are small, and kept.
 *
 * Of feedback the one received last counts, whatever order they are written in: one that waited for the database may come
 * after a later one. The same one again changes nothing. What the server computed (`computedTags`) is never replaced by what
 * a client says.
 */
export const writeOutcomes = prepared(
  'write-outcomes',
  `
WITH item AS MATERIALIZED (
  SELECT * FROM json_to_recordset($1::json) AS i(
    o int, e int, u uuid, id text, d date, p smallint, s text, x text, at timestamptz, r timestamptz, w boolean,
    m int[], v numeric[], t jsonb, err boolean)
), rule AS MATERIALIZED (
  SELECT * FROM json_to_recordset($2::json) AS r(id int, quality boolean, cap numeric, proportion boolean, quantile boolean)
), ratio AS MATERIALIZED (
  SELECT * FROM json_to_recordset($3::json) AS r("experimentId" int, id int, numerator int, denominator int)
), home AS MATERIALIZED (
  SELECT * FROM json_to_recordset($4::json) AS h(e int, u uuid, p smallint, s text, v text, n int, b timestamptz)
), previous AS MATERIALIZED (
  SELECT f.* FROM item CROSS JOIN LATERAL (
    SELECT * FROM outcome f
    WHERE f.experiment_id = e AND f.unit = u AND f.id = item.id AND f.cohort_day = d AND ${supersedes('r', 'm', 'v', 't')} OFFSET 0
  ) f WHERE item.id LIKE '$feedback:%'
), written AS (
  INSERT INTO outcome AS f (experiment_id, unit, id, cohort_day, phase, segment, interaction, at, received_at, in_window, metrics, "values", tags)
  SELECT e, u, id, d, p, s, x, at, r, w, m, v, t FROM item ORDER BY e, u, id
  ON CONFLICT (experiment_id, unit, id, cohort_day) DO UPDATE
    SET phase = excluded.phase, segment = excluded.segment, at = excluded.at, received_at = excluded.received_at, in_window = excluded.in_window,
        metrics = excluded.metrics, "values" = excluded."values", tags = excluded.tags
    WHERE excluded.id LIKE '$feedback:%' AND ${supersedes('excluded.received_at', 'excluded.metrics', 'excluded."values"', 'excluded.tags')}
  RETURNING f.experiment_id AS e, f.unit AS u, f.id
), newly_errored AS (
  INSERT INTO errored_interaction (experiment_id, unit, interaction)
  SELECT DISTINCT e, u, x FROM item JOIN written USING (e, u, id) WHERE err ORDER BY 1, 2, 3
  ON CONFLICT DO NOTHING
  RETURNING experiment_id AS e, unit AS u, interaction AS x
), errored AS (
  SELECT e, u, x FROM newly_errored
  UNION
  SELECT q.* FROM item CROSS JOIN LATERAL (
    SELECT experiment_id, unit, interaction FROM errored_interaction
    WHERE experiment_id = e AND unit = u AND interaction = x OFFSET 0
  ) q
), voided AS (
  SELECT f.* FROM newly_errored n
  JOIN (SELECT DISTINCT e, u, d FROM item) i USING (e, u)
  CROSS JOIN LATERAL (
    SELECT * FROM outcome f
    WHERE f.experiment_id = n.e AND f.unit = n.u AND f.cohort_day = i.d AND f.interaction = n.x OFFSET 0
  ) f
  WHERE (f.experiment_id, f.unit, f.id) NOT IN (SELECT experiment_id, unit, id FROM previous)
), sent AS MATERIALIZED (
  SELECT e, u, p, x, k.m, k.v FROM item JOIN written USING (e, u, id) CROSS JOIN unnest(item.m, item.v) AS k(m, v) WHERE w
), contribution AS MATERIALIZED (
  SELECT e, u, p, m, 1 AS sign, v AS value FROM sent JOIN rule ON rule.id = m
    WHERE NOT (quality AND (e, u, x) IN (SELECT * FROM errored))
  UNION ALL
  SELECT experiment_id, unit, phase, k.m, -1, k.v FROM previous
    CROSS JOIN unnest(previous.metrics, previous."values") AS k(m, v) JOIN rule ON rule.id = k.m
    WHERE in_window AND NOT (quality AND (experiment_id, unit, interaction) IN
      (SELECT q.experiment_id, q.unit, q.interaction FROM errored_interaction q
       WHERE q.experiment_id = previous.experiment_id AND q.unit = previous.unit))
  UNION ALL
  SELECT experiment_id, unit, phase, k.m, -1, k.v FROM voided
    CROSS JOIN unnest(voided.metrics, voided."values") AS k(m, v) JOIN rule ON rule.id = k.m
    WHERE in_window AND quality
), delta AS MATERIALIZED (
  SELECT e, u, p, m, sum(sign) AS n, sum(sign * least(value, cap)) AS s, sum(sign * least(value, cap) * least(value, cap)) AS q
  FROM contribution JOIN rule ON rule.id = m GROUP BY e, u, p, m
), unit_after AS (
  INSERT INTO unit_total AS t (experiment_id, unit, phase, metric, events, total, squares)
  SELECT e, u, p, m, n, s, q FROM delta ORDER BY e, u, p, m
  ON CONFLICT (experiment_id, unit, phase, metric) DO UPDATE
    SET events = t.events + excluded.events, total = t.total + excluded.total, squares = t.squares + excluded.squares
  RETURNING t.experiment_id AS e, t.unit AS u, t.phase AS p, t.metric AS m, t.events AS n, t.total AS s
), moved AS (
  SELECT e, u, p, m, a.n::numeric AS n1, a.s AS s1, (a.n - d.n)::numeric AS n0, a.s - d.s AS s0, d.q AS q
  FROM unit_after a JOIN delta d USING (e, u, p, m)
), moved_ratio AS (
  SELECT c.e, c.u, c.p, ratio.id AS m,
         coalesce(b1.s1, b0.total, 0) AS n1, coalesce(a1.s1, a0.total, 0) AS s1,
         coalesce(b0.total, 0) AS n0, coalesce(a0.total, 0) AS s0, 0::numeric AS q
  FROM (SELECT DISTINCT e, u, p FROM moved) c
  JOIN ratio ON ratio."experimentId" = c.e
  LEFT JOIN moved a1 ON (a1.e, a1.u, a1.p, a1.m) = (c.e, c.u, c.p, ratio.numerator)
  LEFT JOIN moved b1 ON (b1.e, b1.u, b1.p, b1.m) = (c.e, c.u, c.p, ratio.denominator)
  LEFT JOIN LATERAL (${totalOf('ratio.numerator')}) a0 ON true
  LEFT JOIN LATERAL (${totalOf('ratio.denominator')}) b0 ON true
  WHERE a1.m IS NOT NULL OR b1.m IS NOT NULL
), change AS (
  SELECT z.*, rule.proportion,
         ${unitValue('n1', 's1')} AS y1,
         ${unitValue('n0', 's0')} AS y0,
         (n1 <> 0 OR s1 <> 0)::int AS u1, (n0 <> 0 OR s0 <> 0)::int AS u0
  FROM (SELECT * FROM moved UNION ALL SELECT * FROM moved_ratio) z JOIN rule ON rule.id = z.m
), cohort AS (
  INSERT INTO cohort_total AS t (experiment_id, phase, segment, variant, metric, epoch, cohort_bin, writer, units, events, total,
    squares, unit_squares, event_squares, cross_products, value_sum, value_squares)
  SELECT e, p, home.s, home.v, m, home.n, home.b, $5, sum(u1 - u0), sum(n1 - n0), sum(s1 - s0), sum(q),
         sum(s1 * s1 - s0 * s0), sum(n1 * n1 - n0 * n0), sum(s1 * n1 - s0 * n0), sum(y1 - y0), sum(y1 * y1 - y0 * y0)
  FROM change JOIN home USING (e, u, p)
  GROUP BY e, p, home.s, home.v, m, home.n, home.b ORDER BY 1, 2, 3, 4, 5, 6, 7
  ${addToCohortTotal}
), sketch AS (
  ${countInSketches(
    `SELECT e, p, u, home.v, m, home.b, quantile, sign, least(value, cap)::float8 AS x
     FROM contribution JOIN rule ON rule.id = m JOIN home USING (e, u, p)`,
    '$5::smallint',
  )}
)
SELECT o FROM item JOIN written USING (e, u, id)`,
);
