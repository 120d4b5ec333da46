import { Injectable, type OnModuleInit } from '@nestjs/common';
import { cohortDay } from '../bucketing/cohort.js';
import type { Experiment } from '../experiments/experiment.js';
import type { Judge } from '../experiments/judge.js';
import type { JudgeCondition } from '../metrics/judge-condition.js';
import { JudgeWatch, type JudgeInspector } from '../metrics/judge-watch.service.js';
import type { PairwiseResult } from '../metrics/pairwise-result.js';
import { Clock } from '../operations/clock.js';
import { budgetState, type BudgetState } from './judge-budget.js';
import {
  failingReason,
  judgeFailures,
  latestJudgements,
  latestMilliseconds,
  type JudgeFailures,
} from './judge-failures.js';
import { JudgeSpendStore } from './judge-spend.store.js';
import { JudgementStore } from './judgement.store.js';
import { pairwiseResult } from './pair.js';
import { PreferenceStore } from './preference.store.js';

/** The day's calls and what they cost. US dollars. */
export interface JudgeToday {
  readonly calls: number;
  readonly costUsd: number;
  readonly budgetUsd: number | null;
  readonly budget: BudgetState;
}

/** Tells how judges fare: those who act on their scores, and those who look. */
@Injectable()
export class JudgeInspection implements OnModuleInit, JudgeInspector {
  constructor(
    private readonly judgements: JudgementStore,
    private readonly preferences: PreferenceStore,
    private readonly spending: JudgeSpendStore,
    private readonly watch: JudgeWatch,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.watch.add(this);
  }

  async condition(experiment: Experiment): Promise<JudgeCondition | null> {
    return experiment.judge ? this.conditionOf(experiment, experiment.judge) : null;
  }

  async pairwise({ id, judge, variants, control, plan }: Experiment): Promise<PairwiseResult[]> {
    if (!judge?.pairwise) return [];
    const counts = await this.preferences.counts(id);
    return variants
      .filter(({ key }) => key !== control)
      .map(({ key }) =>
        pairwiseResult(
          key,
          counts.filter(({ variant }) => variant === key),
          plan.alpha,
        ),
      );
  }

  async failures({ id }: Experiment): Promise<JudgeFailures> {
    const since = new Date(this.clock.now().getTime() - latestMilliseconds);
    return judgeFailures(await this.judgements.latest(id, since, latestJudgements));
  }

  async today({ id, judge }: Experiment): Promise<JudgeToday> {
    const day = await this.spending.day(id, cohortDay(this.clock.now()));
    const budgetUsd = judge?.budgetUsdPerDay ?? null;
    const budget = budgetState({ ...day, underWay: 0, budgetUsdPerDay: budgetUsd });
    return { calls: day.calls, costUsd: day.spent, budgetUsd, budget };
  }

  /** US dollars in all. */
  costUsd({ id }: Experiment): Promise<number> {
    return this.spending.total(id);
  }

  async conditionOf(experiment: Experiment, { metric }: Judge): Promise<JudgeCondition> {
    const failing = failingReason(await this.failures(experiment));
    return { metric, failing, stopped: stoppedReason(await this.today(experiment)) };
  }
}

function stoppedReason({ budget, budgetUsd, costUsd }: JudgeToday): string | null {
  if (budget === 'open') return null;
  if (budget === 'spent') {
    return (
      `The judge has spent $${costUsd.toPrecision(3)} of the $${budgetUsd} that it may cost a day; it goes on tomorrow (UTC), ` +
      'and answers of today wait until then.'
    );
  }
  return (
    'The price of the judge’s model is not known, so nobody can keep it within its budget, and it scores nothing more today. ' +
    'Name a model with a known price, or give the judge "budgetUsdPerDay": null.'
  );
}
