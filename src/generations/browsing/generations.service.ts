import { Injectable, type OnModuleInit } from '@nestjs/common';
import { unitKey } from '../../bucketing/unit-key.js';
import type { Experiment } from '../../experiments/experiment.js';
import { ExportService } from '../../metrics/export.service.js';
import { AssayError } from '../../operations/assay-error.js';
import { GenerationPageStore, type GenerationFilter } from './generation-page.store.js';
import type { GenerationListQuery } from './generations.schema.js';
import type { LoggedGeneration, MeasuredGeneration } from './logged-generation.js';
import { MeasuredValueStore } from './measured-value.store.js';

const exportedAtOnce = 500;

/** Shows what was logged. */
@Injectable()
export class GenerationsService implements OnModuleInit {
  constructor(
    private readonly pages: GenerationPageStore,
    private readonly exports: ExportService,
    private readonly values: MeasuredValueStore,
  ) {}

  onModuleInit(): void {
    this.exports.offer('generations', (experiment) => this.lines(experiment));
  }

  /**
   * A page, the newest first; `cursor` is where the next one begins, null at the end. Throws INVALID_REQUEST for scores where
   * there is no judge.
   */
  async list(
    { id, key, judge }: Experiment,
    query: GenerationListQuery,
  ): Promise<{ generations: readonly (LoggedGeneration | MeasuredGeneration)[]; cursor: string | null }> {
    const judgeScore = judgeScoreIn(query);
    if (judgeScore && !judge)
      throw new AssayError('INVALID_REQUEST', `"${key}" has no judge, so no answer of it has a score.`);
    const filter = {
      ...everything(id),
      judgeScore,
      variant: query.variant ?? null,
      outcome: query.outcome ?? null,
      unit: query.unit === undefined ? null : unitKey(query.unit),
    };
    const { generations, hasMore } = await this.pages.before(filter, query.cursor ?? null, query.limit);
    return {
      generations: query.measured === 'true' ? await this.withMeasured(id, generations) : generations,
      cursor: hasMore ? (generations.at(-1)?.id ?? null) : null,
    };
  }

  private async withMeasured(
    experimentId: number,
    generations: readonly LoggedGeneration[],
  ): Promise<MeasuredGeneration[]> {
    const values = await this.values.of(experimentId, generations);
    return generations.map((generation) => ({
      ...generation,
      measured: values.get(generation.interaction ?? '') ?? [],
    }));
  }

  private async *lines({ id }: Experiment): AsyncGenerator<string> {
    let last: string | null = null;
    for (;;) {
      const { generations, hasMore } = await this.pages.after(everything(id), last, exportedAtOnce);
      if (generations.length > 0) yield generations.map((row) => `${JSON.stringify(row)}\n`).join('');
      last = generations.at(-1)?.id ?? last;
      if (!hasMore) return;
    }
  }
}

function everything(experimentId: number): GenerationFilter {
  return { experimentId, variant: null, outcome: null, unit: null, judgeScore: null };
}

function judgeScoreIn({
  judgeScoreAtLeast: atLeast,
  judgeScoreAtMost: atMost,
}: GenerationListQuery): GenerationFilter['judgeScore'] {
  if (atLeast === undefined && atMost === undefined) return null;
  return { atLeast: atLeast ?? -Infinity, atMost: atMost ?? Infinity };
}
