import { Injectable } from '@nestjs/common';
import type { Experiment } from '../experiments/experiment.js';
import type { Judge } from '../experiments/judge.js';
import { InteractionOutcomes } from '../metrics/interaction-outcomes.service.js';
import type { Judgement } from './judgement.js';
import { JudgementStore } from './judgement.store.js';

/** Writes scores as outcomes of the interactions that they are about. */
@Injectable()
export class ScoreRecording {
  constructor(
    private readonly outcomes: InteractionOutcomes,
    private readonly judgements: JudgementStore,
  ) {}

  /** The score counts from now on, as of when the answer was given; one whose unit takes no more outcomes has lapsed. */
  async record(experiment: Experiment, judge: Judge, judgement: Judgement, score: number): Promise<void> {
    const { generationId } = judgement;
    const receipt = await this.outcomes.record({
      ...judgement,
      experiment,
      id: `judge:${generationId}`,
      replaces: false,
      metrics: { [judge.metric]: score },
    });
    const lapsed = typeof receipt === 'object' || receipt === 'never-exposed';
    const status = lapsed ? 'lapsed' : 'recorded';
    await this.judgements.finish(experiment.id, generationId, {
      status,
      calls: 0,
      costUsd: 0,
      judgedAt: null,
    });
  }
}
