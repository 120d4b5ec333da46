import { isJudgeable, isSampledUnit } from './judgeable.js';

/**
 * Takes up logged answers that are to be judged and are not yet: of the units in the sample, exposed to a variant and seen by
 * a user.
 *
 * Parameters: $1 experiment, $2 salt, $3 sampling rate, $4 variants, $5 logged from, $6 now.
 */
export const takeUp = `
INSERT INTO judgement (experiment_id, generation_id, day, at, phase, variant, unit, interaction, status, due_at)
SELECT g.experiment_id, g.id, g.day, g.at, g.phase, g.variant, g.unit, g.interaction, 'due', $6::timestamptz
FROM generation g
WHERE ${isJudgeable}
  AND ${isSampledUnit('g.unit', '$2', '$3')}
ON CONFLICT DO NOTHING`;

/**
 * Leases what is due to one process, oldest first, with the texts as the log has them.
 *
 * Parameters: $1 experiment, $2 status, $3 now, $4 leased until, $5 how many.
 */
export const claim = `
WITH taken AS (
  UPDATE judgement j SET leased_until = $4, attempts = j.attempts + 1
  WHERE (j.experiment_id, j.generation_id) IN (
    SELECT experiment_id, generation_id FROM judgement
    WHERE experiment_id = $1 AND status = $2 AND due_at <= $3 AND (leased_until IS NULL OR leased_until <= $3)
    ORDER BY due_at, generation_id LIMIT $5 FOR UPDATE SKIP LOCKED)
  RETURNING j.*
)
SELECT t.generation_id AS "generationId", t.phase, t.unit, t.interaction, t.at, t.status, t.attempts, t.score,
  g.prompt -> 'messages' AS messages, g.response AS answer
FROM taken t LEFT JOIN generation g
  ON g.experiment_id = t.experiment_id AND g.id = t.generation_id AND g.day = t.day AND g.erased_at IS NULL
ORDER BY t.due_at, t.generation_id`;
