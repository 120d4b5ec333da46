import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DecisionStore } from '../../experiments/decision.store.js';
import type { RecordedDecision } from '../../experiments/decision.js';
import type { Experiment } from '../../experiments/experiment.js';
import { Clock } from '../../operations/clock.js';
import type { GuardrailLook } from '../guardrail.service.js';
import { budgetResponse, spentFindings } from './budget-response.js';
import { midnightBefore, spendOf, type Spend, type SpendMark } from './spend.js';
import { SpendStore } from './spend.store.js';

/** Holds what an experiment spends against its budget. */
@Injectable()
export class SpendService {
  constructor(
    private readonly store: SpendStore,
    private readonly decisions: DecisionStore,
    private readonly clock: Clock,
  ) {}

  async spend(experiment: Experiment): Promise<Spend> {
    return this.spendAmong(await this.past(experiment), experiment, this.clock.now());
  }

  /** What the budget leads to just now; `write` takes the hour's figure down, for the forecast. */
  async look(experiment: Experiment, now: Date): Promise<GuardrailLook> {
    const past = await this.past(experiment);
    const spend = await this.spendAmong(past, experiment, now);
    const response = budgetResponse(experiment, spend, past, now);
    if (await this.store.isMarked(experiment.id, now)) return { response };
    const mark = { at: now, spent: spend.spent };
    return { response, write: (manager: EntityManager) => this.store.mark(experiment.id, mark, manager) };
  }

  private async past({ id, budget }: Experiment): Promise<readonly RecordedDecision[]> {
    return budget ? this.decisions.list(id) : [];
  }

  private async spendAmong(
    past: readonly RecordedDecision[],
    { id, startedAt, budget }: Experiment,
    now: Date,
  ): Promise<Spend> {
    const [spent, marks] = await Promise.all([this.store.spent(id), this.store.marks(id)]);
    return spendOf(spent, withToday(marks, spent, now), startedAt, budget, now, spentFindings(past));
  }
}

/** Of a day that nobody has looked at yet nothing is known to be spent. */
function withToday(marks: readonly SpendMark[], spent: number, now: Date): readonly SpendMark[] {
  const midnight = midnightBefore(now);
  return marks.some(({ at }) => at >= midnight) ? marks : [...marks, { at: midnight, spent }];
}
