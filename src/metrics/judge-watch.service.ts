import { Injectable } from '@nestjs/common';
import type { Experiment } from '../experiments/experiment.js';
import type { JudgeCondition } from './judge-condition.js';
import type { PairwiseResult } from './pairwise-result.js';

/** Somebody who knows an experiment's judge. */
export interface JudgeInspector {
  /** How it fares; null where there is none. */
  condition(experiment: Experiment): Promise<JudgeCondition | null>;
  /** Whose answers it prefers to the control's; nothing where it compares none. */
  pairwise(experiment: Experiment): Promise<PairwiseResult[]>;
}

/**
 * Tells how an experiment's judge fares, and what it prefers, to those who act on its scores and report them. Judging adds
 * itself, since it lies above metrics. An answer that fails fails the one who asked: nobody acts on scores of which nobody knows.
 */
@Injectable()
export class JudgeWatch {
  private readonly inspectors: JudgeInspector[] = [];

  add(inspector: JudgeInspector): void {
    this.inspectors.push(inspector);
  }

  async conditions(experiment: Experiment): Promise<JudgeCondition[]> {
    const found: JudgeCondition[] = [];
    for (const inspector of this.inspectors) {
      const condition = await inspector.condition(experiment);
      if (condition) found.push(condition);
    }
    return found;
  }

  async pairwise(experiment: Experiment): Promise<PairwiseResult[]> {
    const found = await Promise.all(this.inspectors.map((inspector) => inspector.pairwise(experiment)));
    return found.flat();
  }
}
