/** Who is in the sample depends on the unit and the salt alone, so the same units are in it under every variant. */
export const isSampledUnit = (unit: string, salt: string, rate: string) =>
  `('x' || left(md5('judge:' || ${salt}::text || ${unit}::text), 8))::bit(32)::bigint < ${rate}::float8 * 4294967296`;

/**
 * What may be judged of a generation g: it was finished, shown to a user of a variant, and its texts are in the log.
 * Parameters: $1 experiment, $4 variants, $5 logged from.
 */
export const isJudgeable = `g.experiment_id = $1 AND g.day >= ($5::timestamptz AT TIME ZONE 'UTC')::date - 1 AND g.at >= $5::timestamptz
  AND g.variant = ANY($4::text[]) AND g.reason <> 'forced' AND g.unit IS NOT NULL AND g.interaction IS NOT NULL
  AND g.outcome = 'finished' AND g.prompt IS NOT NULL AND g.response <> '' AND g.erased_at IS NULL`;
