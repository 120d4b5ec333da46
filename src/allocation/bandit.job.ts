import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Experiment } from '../experiments/experiment.js';
import { dueAfter } from '../lifecycle/due-after.js';
import { DueStepService, type StepDecision } from '../lifecycle/due-step.service.js';
import type { DueStep } from '../lifecycle/due-step.js';
import { durationMilliseconds } from '../operations/duration.js';
import { ReallocationService } from './reallocation.service.js';

/** Reallocates every bandit that is due; steps missed while no process ran fold into one. */
@Injectable()
export class BanditJob {
  constructor(
    private readonly dueSteps: DueStepService,
    private readonly reallocations: ReallocationService,
  ) {}

  @Interval(1_000)
  async tick(): Promise<void> {
    await this.dueSteps.run('bandit', (experiment, step, now) => this.decide(experiment, step, now));
  }

  async decide(experiment: Experiment, step: DueStep, now: Date): Promise<StepDecision> {
    const { allocation, status } = experiment;
    if (allocation.mode !== 'bandit') return null;
    const next = dueAfter(step.dueAt, durationMilliseconds(allocation.every), now);
    if (status !== 'running') return status === 'paused' ? { postpone: next } : null;
    const { change, outcome } = await this.reallocations.decide(experiment, allocation, now);
    // A search that has found the best variant is over; the weights stay until somebody decides.
    const at = outcome === 'recommended' ? null : next;
    if (change) return { ...change, due: [{ kind: 'bandit', at }] };
    return at && { postpone: at };
  }
}
