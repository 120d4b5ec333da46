import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { assayDataSource } from '../../operations/data-source-name.js';
import type { LoggedGeneration } from './logged-generation.js';

/** Which generations of an experiment. */
export interface GenerationFilter {
  readonly experimentId: number;
  /** A variant, the holdback, or `$fallback`; null = any. */
  readonly variant: string | null;
  readonly outcome: LoggedGeneration['outcome'] | null;
  /** Key of the unit. */
  readonly unit: string | null;
  /** The judge's scores, both ends included; null = whether it was scored or not. */
  readonly judgeScore: { readonly atLeast: number; readonly atMost: number } | null;
}

/** One page, and whether there are more after it. */
export interface GenerationPage {
  readonly generations: readonly LoggedGeneration[];
  readonly hasMore: boolean;
}

/** Bytes of stored texts in one page; the first row is always in it. */
const pageBytes = 4_000_000;

const shown = `
  g.id, g.at, g.variant, g.reason, g.phase, g.epoch, g.unit, g.interaction, g.prompt_version AS "promptVersion",
  g.config_hash AS "configHash", g.as_configured AS "asConfigured", g.sent_hash AS "sentHash", g.provider,
  g.requested_model AS "requestedModel", g.model, g.fingerprint, g.request_id AS "requestId", g.streamed,
  g.is_fallback AS "isFallback", g.outcome, g.error, g.stop_reason AS "stopReason", g.attempts, g.warnings, g.detail,
  CASE WHEN g.prompt IS NULL THEN NULL ELSE jsonb_strip_nulls(jsonb_build_object(
    'systemPrompt', p.content -> 'systemPrompt', 'examples', p.content -> 'examples')) || g.prompt END AS prompt,
  g.response, g.response_length AS "responseLength", g.parameters,
  json_build_object('inputTokens', g.input_tokens, 'outputTokens', g.output_tokens, 'cacheReadTokens', g.cache_read_tokens,
    'cacheWriteTokens', g.cache_write_tokens, 'outputTokensEstimated', g.output_tokens_estimated) AS usage,
  g.format_violation AS "formatViolation", g.ttft_ms AS "ttftMilliseconds", g.inter_chunk_ms AS "interChunkMilliseconds",
  g.latency_ms AS "latencyMilliseconds", g.cost_usd AS "costUsd", g.erased_at AS "erasedAt"`;

const chosen = `($3::text IS NULL OR coalesce(g.variant, '$fallback') = $3) AND ($4::text IS NULL OR g.outcome = $4)
  AND ($5::uuid IS NULL OR g.unit = $5::uuid)`;

const all = (direction: 'ASC' | 'DESC') => `
SELECT g.* FROM generation g
WHERE g.experiment_id = $1 AND ($2::uuid IS NULL OR g.id ${direction === 'ASC' ? '>' : '<'} $2::uuid) AND ${chosen}
ORDER BY g.id ${direction} LIMIT $6 + 1`;

/** From the scores, which are fewer than the generations, and have an index in this order. */
const scored = `
SELECT g.* FROM judgement j JOIN generation g ON g.experiment_id = j.experiment_id AND g.id = j.generation_id AND g.day = j.day
WHERE j.experiment_id = $1 AND ($2::uuid IS NULL OR j.generation_id < $2::uuid) AND j.score >= $7 AND j.score <= $8 AND ${chosen}
ORDER BY j.generation_id DESC LIMIT $6 + 1`;

const page = (direction: 'ASC' | 'DESC', rows: string) => `
SELECT ${shown}, g.found
FROM (
  SELECT *, count(*) OVER () AS found, sum(coalesce(pg_column_size(prompt), 0) + coalesce(pg_column_size(response), 0))
    OVER (ORDER BY id ${direction} ROWS UNBOUNDED PRECEDING) AS bytes, row_number() OVER (ORDER BY id ${direction}) AS place
  FROM (${rows}) r
) g
LEFT JOIN prompt p ON p.hash = g.config_hash AND g.as_configured
WHERE g.place <= $6 AND (g.place = 1 OR g.bytes <= ${pageBytes})
ORDER BY g.id ${direction}`;

const newestFirst = page('DESC', all('DESC'));
const newestScoredFirst = page('DESC', scored);
const oldestFirst = page('ASC', all('ASC'));

/** Reads logged generations page by page, each with its whole prompt. */
@Injectable()
export class GenerationPageStore {
  constructor(@InjectDataSource(assayDataSource) private readonly dataSource: DataSource) {}

  /** The newest first, from before the generation of that id. */
  before(filter: GenerationFilter, id: string | null, limit: number): Promise<GenerationPage> {
    return this.read(filter.judgeScore ? newestScoredFirst : newestFirst, filter, id, limit);
  }

  /** The oldest first, from after the generation of that id, whatever the judge says. */
  after(
    filter: Omit<GenerationFilter, 'judgeScore'>,
    id: string | null,
    limit: number,
  ): Promise<GenerationPage> {
    return this.read(oldestFirst, { ...filter, judgeScore: null }, id, limit);
  }

  private async read(
    statement: string,
    { experimentId, variant, outcome, unit, judgeScore }: GenerationFilter,
    id: string | null,
    limit: number,
  ): Promise<GenerationPage> {
    const rows: (LoggedGeneration & { found: string })[] = await this.dataSource.query(statement, [
      experimentId,
      id,
      variant,
      outcome,
      unit,
      limit,
      ...(judgeScore ? [judgeScore.atLeast, judgeScore.atMost] : []),
    ]);
    const found = Number(rows[0]?.found ?? 0);
    return { generations: rows.map(({ found: _found, ...row }) => row), hasMore: found > rows.length };
  }
}
