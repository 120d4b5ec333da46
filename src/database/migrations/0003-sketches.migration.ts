import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often values of each size were measured, for quantiles that are read without reading outcomes. */
export class Sketches1700000000003 implements MigrationInterface {
  readonly name = 'Sketches1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    // `bin` is explained at sketchBinOf; only quantile metrics have parts of units and cohort bins of their own.
    await runner.query(`CREATE TABLE sketch_total (
      experiment_id integer NOT NULL,
      metric integer NOT NULL,
      cohort_bin timestamptz NOT NULL,
      phase smallint NOT NULL,
      part smallint NOT NULL,
      bin smallint NOT NULL,
      writer smallint NOT NULL,
      variant text NOT NULL,
      events bigint NOT NULL,
      PRIMARY KEY (experiment_id, phase, metric, variant, cohort_bin, part, bin, writer)
    ) WITH (fillfactor = 80)`);
    await runner.query(countStoredOutcomes);
  }

  /** Migrations only go forward; a wrong one is corrected by the next. */
  down(): Promise<void> {
    return Promise.reject(new Error('Assay migrations only go forward: restore a backup instead.'));
  }
}

/** As outcomes are counted when they are written: in the window, not the quality of an errored interaction, capped. */
const countStoredOutcomes = `
INSERT INTO sketch_total (experiment_id, phase, variant, metric, cohort_bin, part, bin, writer, events)
SELECT experiment_id, phase, variant, metric, cohort, part,
  (CASE WHEN x = 0 THEN 0 ELSE sign(x)::int
     * (2 * (5000 + ceil(ln(abs(x)) / 0.020000666706669435::float8)::int) + (abs(x) < 50 AND x = trunc(x))::int) END)::smallint AS stored,
  0, count(*)
FROM (
  SELECT f.experiment_id, f.phase, e.variant, m.id AS metric,
    CASE WHEN m.kind = 'quantile' THEN e.cohort_bin ELSE '-infinity' END AS cohort,
    CASE WHEN m.kind = 'quantile' THEN get_byte(uuid_send(f.unit), 0) % 128 ELSE 0 END AS part,
    least(k.v, m.cap::numeric)::float8 AS x
  FROM outcome f
  CROSS JOIN LATERAL (SELECT variant, cohort_bin FROM exposure e
    WHERE e.experiment_id = f.experiment_id AND e.unit = f.unit AND e.phase = f.phase OFFSET 0) e
  CROSS JOIN unnest(f.metrics, f."values") AS k(m, v)
  JOIN metric m ON m.id = k.m
  WHERE f.in_window AND NOT (m.category = 'quality' AND EXISTS (SELECT 1 FROM errored_interaction q
    WHERE q.experiment_id = f.experiment_id AND q.unit = f.unit AND q.interaction = f.interaction OFFSET 0))
) counted
GROUP BY experiment_id, phase, metric, variant, cohort, part, stored
ORDER BY experiment_id, phase, metric, variant, cohort, part, stored`;
