import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Experiment } from '../experiments/experiment.js';
import { DueStepService, type StepDecision } from '../lifecycle/due-step.service.js';
import { advanceRollout } from './rollout-change.js';

/**
 * Takes each rollout to its next stage once its hold is over.
 *
 * A stage that became due while no process ran still gets its whole hold: it has to be watched before the next.
 */
@Injectable()
export class RolloutJob {
  constructor(private readonly dueSteps: DueStepService) {}

  @Interval(1_000)
  async tick(): Promise<void> {
    await this.dueSteps.run('rollout', (experiment, _step, now) => this.decide(experiment, now));
  }

  decide(experiment: Experiment, now: Date): StepDecision {
    const { status, rollout } = experiment;
    if (status !== 'rolling-out' || !rollout || rollout.paused) return null;
    return advanceRollout({ seen: experiment, actor: 'rollout', now }, rollout);
  }
}
