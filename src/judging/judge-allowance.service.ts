import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { cohortDay } from '../bucketing/cohort.js';
import type { Judge } from '../experiments/judge.js';
import { affordable } from './judge-budget.js';
import { JudgeSpendStore } from './judge-spend.store.js';
import type { JudgeCost } from './judgement.js';
import { JudgementStore } from './judgement.store.js';
import { PreferenceStore } from './preference.store.js';

/** What a judge may still cost on a day, whatever it is asked: one budget for scores, pairs and candidates. */
@Injectable()
export class JudgeAllowance {
  constructor(
    private readonly spending: JudgeSpendStore,
    private readonly judgements: JudgementStore,
    private readonly preferences: PreferenceStore,
  ) {}

  /** How many of so many wanted may begin; until the transaction ends, nobody else begins any. */
  async left(
    experimentId: number,
    { budgetUsdPerDay }: Judge,
    { now, wanted }: { now: Date; wanted: number },
    manager: EntityManager,
  ): Promise<number> {
    const day = await this.spending.lock(experimentId, cohortDay(now), manager);
    const scores = await this.judgements.underWay(experimentId, now, manager);
    const preferences = await this.preferences.underWay(experimentId, now, manager);
    return affordable({ ...day, underWay: scores + preferences, budgetUsdPerDay }, wanted);
  }

  /** Counts what calls cost. */
  async spend(
    experimentId: number,
    { calls, costUsd, unpriced }: JudgeCost,
    now: Date,
    manager: EntityManager,
  ): Promise<void> {
    if (calls > 0)
      await this.spending.add(experimentId, cohortDay(now), { calls, costUsd, unpriced }, manager);
  }
}
