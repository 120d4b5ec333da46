import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Experiment } from '../experiments/experiment.js';
import { DueStepService, type StepDecision } from '../lifecycle/due-step.service.js';
import { guardrailPeriod } from '../lifecycle/start.js';
import { Obstacles } from './obstacles.service.js';
import { advanceRollout } from './rollout-change.js';
import { StageService } from './stage.service.js';

/**
 * Takes each rollout back as soon as its winner does harm, and else to its next stage once its hold is over.
 *
 * The next stage waits while a guardrail is breached, or while the winner looks worse and nothing can be said of chance.
 * A stage that became due while no process ran still gets its whole hold: it has to be watched before the next.
 */
@Injectable()
export class RolloutJob {
  constructor(
    private readonly dueSteps: DueStepService,
    private readonly stages: StageService,
    private readonly obstacles: Obstacles,
  ) {}

  @Interval(1_000)
  async tick(): Promise<void> {
    await this.dueSteps.run('harm', (experiment, step, now) => this.stages.watch(experiment, step, now));
    await this.dueSteps.run('rollout', (experiment, _step, now) => this.decide(experiment, now));
  }

  async decide(experiment: Experiment, now: Date): Promise<StepDecision> {
    const { status, rollout } = experiment;
    if (status !== 'rolling-out' || !rollout || rollout.paused) return null;
    // What came in since the last look counts too.
    const { back, isUnclear } = await this.stages.look(experiment, now);
    if (back) return back;
    // A breach that nobody acted on yet, or that is only warned of, is no state to give the winner more in.
    const breached = (await this.obstacles.find(experiment)).some(({ code }) => code === 'GUARDRAIL');
    if (breached || isUnclear) return { postpone: new Date(now.getTime() + guardrailPeriod) };
    return advanceRollout({ seen: experiment, actor: 'rollout', now }, rollout);
  }
}
