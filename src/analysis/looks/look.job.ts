import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Experiment } from '../../experiments/experiment.js';
import { dueAfter } from '../../lifecycle/due-after.js';
import { DueStepService, type StepDecision } from '../../lifecycle/due-step.service.js';
import type { DueStep } from '../../lifecycle/due-step.js';
import { lookPeriod } from '../../lifecycle/look-period.js';
import { LookService } from './look.service.js';

/** Takes every planned look at its time, from the start until the experiment is concluded. */
@Injectable()
export class LookJob {
  constructor(
    private readonly dueSteps: DueStepService,
    private readonly looks: LookService,
  ) {}

  @Interval(1_000)
  async tick(): Promise<void> {
    await this.dueSteps.run('look', (experiment, step, now) => this.decide(experiment, step, now));
  }

  async decide(experiment: Experiment, step: DueStep, now: Date): Promise<StepDecision> {
    if (experiment.status !== 'running' && experiment.status !== 'paused') return null;
    const write = await this.looks.take(experiment, 'planned');
    return {
      postpone: dueAfter(step.dueAt, lookPeriod(experiment.plan), now),
      // Of two processes that looked at once, the one that takes the step off the schedule records.
      write,
    };
  }
}
