import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { SampleRatioService } from '../analysis/health/sample-ratio.service.js';
import type { Experiment } from '../experiments/experiment.js';
import { ExperimentsService } from '../experiments/experiments.service.js';
import { DueStepService, type StepDecision } from '../lifecycle/due-step.service.js';
import type { DueStep } from '../lifecycle/due-step.js';
import { postponedRamp, raisedRamp } from './ramp-change.js';
import { Obstacles } from './obstacles.service.js';
import { rampMove, rampPatience } from './ramp-step.js';

/** Raises coverage along each experiment's ramp; overdue steps fold into one. */
@Injectable()
export class RampJob {
  constructor(
    private readonly dueSteps: DueStepService,
    private readonly sampleRatio: SampleRatioService,
    private readonly obstacles: Obstacles,
    private readonly experiments: ExperimentsService,
  ) {}

  @Interval(1_000)
  async tick(): Promise<void> {
    await this.dueSteps.run('ramp', (experiment, step, now) => this.decide(experiment, step, now));
  }

  async decide(experiment: Experiment, { dueAt }: DueStep, now: Date): Promise<StepDecision> {
    if (experiment.status === 'paused') return { postpone: new Date(now.getTime() + 60_000) };
    if (experiment.status !== 'running') return null;
    if (experiment.rampState?.held || experiment.rampState?.aborted) return null;
    const counted = experiment.ramp.some(({ units }) => units !== undefined);
    const units = counted ? (await this.sampleRatio.testedUnits(experiment)).units : 0;
    const move = rampMove(experiment, dueAt, now, units);
    const later = new Date(now.getTime() + rampPatience);
    if (move.waits.length > 0) return { postpone: later };
    if (move.coverage === null) return move.nextDue && { postpone: move.nextDue };
    const obstacles = await this.obstacles.find(experiment);
    if (obstacles.length === 0) return raisedRamp(experiment, move, dueAt);
    const past = await this.experiments.decisionsOf(experiment);
    return postponedRamp(experiment, obstacles, past, later) ?? { postpone: later };
  }
}
