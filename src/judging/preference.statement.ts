import { isJudgeable } from './judgeable.js';

/**
 * Notes answers that may be one of a pair: those that may be judged, of the inputs in the sample. The same input is in the
 * sample under every variant, and has the same hash, which the salt keeps from whoever would guess it.
 *
 * Parameters: $1 experiment, $2 salt, $3 sampling rate, $4 variants, $5 logged from, $6 now.
 */
export const noteInputs = `
INSERT INTO pair_input (experiment_id, generation_id, input, variant, unit, day, noted_at)
SELECT g.experiment_id, g.id, i.input, g.variant, g.unit, g.day, $6::timestamptz
FROM generation g CROSS JOIN LATERAL (SELECT md5('pair:' || $2::text || (g.prompt -> 'messages')::text)::uuid AS input) i
WHERE ${isJudgeable} AND g.phase = 0
  AND ('x' || left(i.input::text, 8))::bit(32)::bigint < $3::float8 * 4294967296
ON CONFLICT DO NOTHING`;

/** Answers of one input and variant that are looked at for a pair, the newest. */
const mostAlike = 500;

const isUnpaired = `NOT EXISTS (SELECT FROM preference p WHERE p.experiment_id = $1 AND p.variant = c.variant AND p.unit = i.unit)
  AND NOT EXISTS (SELECT FROM preference p WHERE p.experiment_id = $1 AND p.variant = c.variant AND p.control_unit = i.unit)`;

/**
 * Pairs answers to the inputs that were noted last: each variant's with the control's, each unit once for each variant.
 * Which ones does not depend on what was answered. Every unit goes for the first input that it could be paired on, so the
 * first of all inputs gains a pair each time.
 *
 * Parameters: $1 experiment, $2 control, $3 the other variants, $4 noted at.
 */
export const pairUp = `
WITH inputs AS (SELECT DISTINCT input FROM pair_input WHERE experiment_id = $1 AND noted_at = $4),
sides AS (
  SELECT i.*, c.variant AS compared
  FROM inputs n CROSS JOIN unnest($3::text[]) AS c(variant) CROSS JOIN LATERAL (VALUES (c.variant, false), ($2::text, true)) AS s(variant, control)
  CROSS JOIN LATERAL (
    SELECT generation_id, input, unit, day, s.control FROM pair_input
    WHERE experiment_id = $1 AND input = n.input AND variant = s.variant ORDER BY generation_id DESC LIMIT ${mostAlike}) i
  WHERE ${isUnpaired}
),
shared AS (SELECT compared, input FROM sides GROUP BY 1, 2 HAVING bool_or(control) AND NOT bool_and(control)),
chosen AS (
  SELECT DISTINCT ON (s.compared, s.unit) s.* FROM sides s JOIN shared USING (compared, input)
  ORDER BY s.compared, s.unit, s.input, s.generation_id
),
placed AS (SELECT *, row_number() OVER (PARTITION BY compared, input, control ORDER BY md5(generation_id::text)) AS place FROM chosen)
INSERT INTO preference (experiment_id, generation_id, swapped, variant, unit, day, control_generation_id, control_unit, control_day, status, due_at)
SELECT $1, v.generation_id, o.swapped, v.compared, v.unit, v.day, c.generation_id, c.unit, c.day, 'due', $4
FROM placed v JOIN placed c ON c.compared = v.compared AND c.input = v.input AND c.place = v.place AND c.control AND NOT v.control
CROSS JOIN (VALUES (false), (true)) AS o(swapped)
ON CONFLICT DO NOTHING`;

/**
 * Leases what is due to one process, oldest first, with the texts as the log has them.
 *
 * Parameters: $1 experiment, $2 now, $3 leased until, $4 how many.
 */
export const claimPreferences = `
WITH taken AS (
  UPDATE preference p SET leased_until = $3, attempts = p.attempts + 1
  WHERE (p.generation_id, p.swapped) IN (
    SELECT generation_id, swapped FROM preference
    WHERE experiment_id = $1 AND status = 'due' AND due_at <= $2 AND (leased_until IS NULL OR leased_until <= $2)
    ORDER BY due_at, generation_id, swapped LIMIT $4 FOR UPDATE SKIP LOCKED)
  RETURNING p.*
)
SELECT t.generation_id AS "generationId", t.swapped, t.attempts, g.prompt -> 'messages' AS messages, g.response AS answer,
  c.response AS "controlAnswer"
FROM taken t
LEFT JOIN generation g ON g.experiment_id = t.experiment_id AND g.id = t.generation_id AND g.day = t.day AND g.erased_at IS NULL
LEFT JOIN generation c ON c.experiment_id = t.experiment_id AND c.id = t.control_generation_id AND c.day = t.control_day
  AND c.erased_at IS NULL
ORDER BY t.due_at, t.generation_id, t.swapped`;

/** Pairs by variant and by what the judge said in both orders. Parameter: $1 experiment. */
export const countPairs = `
SELECT variant, status, control_first AS "controlFirst", variant_first AS "variantFirst", count(*)::int AS count
FROM (
  SELECT variant, max(preferred) FILTER (WHERE NOT swapped) AS control_first, max(preferred) FILTER (WHERE swapped) AS variant_first,
    CASE WHEN bool_or(status = 'lapsed') THEN 'lapsed' WHEN bool_or(status = 'failed') THEN 'failed'
      WHEN bool_and(status = 'judged') THEN 'judged' ELSE 'due' END AS status
  FROM preference WHERE experiment_id = $1 GROUP BY variant, generation_id
) p
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;
