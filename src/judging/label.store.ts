import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { assayDataSource } from '../operations/data-source-name.js';
import type { Label, LabelledJudgement, LabelledScore, LabelTask } from './label.js';

/** What people have labelled so far. */
export interface LabelCount {
  readonly labels: number;
  readonly labellers: number;
}

/**
 * Scored answers that nobody labelled yet, in an order that chance fixed (the salt is secret): as many of each variant, and
 * mixed. Whoever labels from the front labels a random sample of each variant's.
 */
const nextTasks = `
SELECT t.generation_id AS generation, g.prompt -> 'messages' AS messages, g.response AS answer
FROM (
  SELECT j.experiment_id, j.generation_id, j.day, row_number() OVER (PARTITION BY j.variant ORDER BY d.draw) AS place
  FROM judgement j CROSS JOIN LATERAL (SELECT md5('label:' || $2::text || j.generation_id::text) AS draw) d
  WHERE j.experiment_id = $1 AND j.status = 'recorded'
    AND NOT EXISTS (SELECT FROM label l WHERE l.generation_id = j.generation_id)
) t
JOIN generation g ON g.experiment_id = t.experiment_id AND g.id = t.generation_id AND g.day = t.day
WHERE g.erased_at IS NULL AND g.prompt IS NOT NULL AND g.response <> ''
-- By a draw of its own: of a variant with more answers the n-th of the first draw tends to come first.
ORDER BY t.place, md5('place:' || $2::text || t.generation_id::text) LIMIT $3`;

/** Table `label`: what people said of scored answers. */
@Injectable()
export class LabelStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  next(experimentId: number, salt: string, count: number): Promise<LabelTask[]> {
    return this.dataSource.query(nextTasks, [experimentId, salt, count]);
  }

  /** The scored answer that a label would be about. */
  async judgement(generation: string): Promise<LabelledJudgement | null> {
    const [row]: LabelledJudgement[] = await this.dataSource.query(
      `SELECT experiment_id AS "experimentId", unit, phase, interaction, at FROM judgement
       WHERE generation_id = $1 AND status = 'recorded'`,
      [generation],
    );
    return row ?? null;
  }

  /** Of several labels by one person on one answer the latest counts. */
  async save(experimentId: number, { generation, value, by }: Label, now: Date): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO label (experiment_id, generation_id, labeller, value, at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (generation_id, labeller) DO UPDATE SET value = $4, at = $5`,
      [experimentId, generation, by, value, now],
    );
  }

  /** Every labelled answer with its score, oldest first. */
  scores(experimentId: number): Promise<LabelledScore[]> {
    return this.dataSource.query(
      `SELECT j.unit, j.variant, j.at, j.score AS judge, avg(l.value)::float8 AS label
       FROM label l JOIN judgement j ON j.generation_id = l.generation_id
       WHERE l.experiment_id = $1 AND j.score IS NOT NULL
       GROUP BY j.generation_id ORDER BY j.at, j.generation_id`,
      [experimentId],
    );
  }

  async count(experimentId: number): Promise<LabelCount> {
    const [row]: LabelCount[] = await this.dataSource.query(
      `SELECT count(*)::int AS labels, count(DISTINCT labeller)::int AS labellers FROM label WHERE experiment_id = $1`,
      [experimentId],
    );
    return row ?? { labels: 0, labellers: 0 };
  }
}
