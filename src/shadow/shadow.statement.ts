import { isSampledUnit } from '../judging/judgeable.js';

/** The next prompt for a run. Parameters: $1 run, $2 control, $3 salt, $4 sampling rate of the judge. */
export const nextQuestion = `
SELECT g.id AS generation, g.prompt -> 'messages' AS messages, g.latency_ms AS "latencyMilliseconds",
  g.response_length AS "responseLength", g.cost_usd AS "costUsd", coalesce(g.response, '') AS answer,
  coalesce(${isSampledUnit('g.unit', '$3', '$4')}, false) AS "isSampled",
  g.unit IS NOT NULL AND NOT EXISTS (
    SELECT FROM generation o JOIN shadow_answer a ON a.run_id = r.id AND a.generation_id = o.id AND a.pair_status = 'judged'
    WHERE o.unit = g.unit AND o.experiment_id = g.experiment_id) AS "isUnpaired"
FROM shadow_run r JOIN generation g ON g.experiment_id = r.experiment_id
  AND g.day >= (r.created_at AT TIME ZONE 'UTC')::date - 7 AND (r.last_generation IS NULL OR g.id > r.last_generation)
WHERE r.id = $1 AND g.variant = $2 AND g.outcome = 'finished' AND g.prompt IS NOT NULL AND g.erased_at IS NULL
  AND g.reason <> 'forced'
  AND ('x' || left(md5(r.id::text || g.id::text), 8))::bit(32)::bigint < r.share * 4294967296
ORDER BY g.id LIMIT 1`;

const areScored = 'a.judge_score IS NOT NULL AND j.score IS NOT NULL';

/** Means over the prompts that a candidate answered; of scores, over those of which both answers have one. Parameter: $1 run. */
export const figures = `
SELECT json_build_object('latencyMilliseconds', avg(shown_latency_ms), 'responseLength', avg(shown_response_length)::float8,
    'costUsd', CASE WHEN bool_and(shown_cost_usd IS NOT NULL) THEN avg(shown_cost_usd) END,
    'judgeScore', avg(j.score) FILTER (WHERE ${areScored})) AS control,
  json_build_object('latencyMilliseconds', avg(latency_ms), 'responseLength', avg(response_length)::float8,
    'costUsd', CASE WHEN bool_and(a.cost_usd IS NOT NULL) THEN avg(a.cost_usd) END,
    'judgeScore', avg(a.judge_score) FILTER (WHERE ${areScored})) AS candidate,
  (count(*) FILTER (WHERE ${areScored}))::int AS scored
FROM shadow_answer a LEFT JOIN judgement j ON j.generation_id = a.generation_id
WHERE a.run_id = $1 AND a.error IS NULL`;
