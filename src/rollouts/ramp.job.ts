import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Experiment } from '../experiments/experiment.js';
import { DueStepService, type StepDecision } from '../lifecycle/due-step.service.js';
import type { DueStep } from '../lifecycle/due-step.js';
import { rampMove } from './ramp-step.js';

/** Raises coverage along each experiment's ramp; overdue steps fold into one. */
@Injectable()
export class RampJob {
  constructor(private readonly dueSteps: DueStepService) {}

  @Interval(1_000)
  async tick(): Promise<void> {
    await this.dueSteps.run('ramp', (experiment, step, now) => this.decide(experiment, step, now));
  }

  decide(experiment: Experiment, { dueAt }: DueStep, now: Date): StepDecision {
    if (experiment.status === 'paused') return { postpone: new Date(now.getTime() + 60_000) };
    if (experiment.status !== 'running') return null;
    const { coverage, steps, nextDue } = rampMove(experiment, dueAt, now);
    if (coverage === null) return nextDue && { postpone: nextDue };
    const evidence = { before: experiment.coverage, coverage, steps, dueAt: dueAt.toISOString() };
    return {
      seen: experiment,
      patch: {},
      decision: {
        actor: 'ramp',
        action: 'raise coverage',
        reason: `from ${experiment.coverage} to ${coverage}`,
        evidence,
      },
      epoch: { cause: 'ramp', evidence, coverage },
      due: [{ kind: 'ramp', at: nextDue }],
    };
  }
}
