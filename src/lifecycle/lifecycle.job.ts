import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Experiment } from '../experiments/experiment.js';
import { ProgrammeHoldbackService } from '../experiments/programme/programme-holdback.service.js';
import { durationMilliseconds } from '../operations/duration.js';
import { concludedPhase } from './concluded-phase.js';
import { DueStepService, type StepDecision } from './due-step.service.js';
import { startChange } from './start.js';

/** Starts and ends experiments at their times, each exactly once. */
@Injectable()
export class LifecycleJob {
  constructor(
    private readonly dueSteps: DueStepService,
    private readonly programme: ProgrammeHoldbackService,
  ) {}

  @Interval(1_000)
  async tick(): Promise<void> {
    await this.dueSteps.run('start', (experiment, _step, now) => this.start(experiment, now));
    await this.dueSteps.run('end', (experiment, step) => this.end(experiment, step.dueAt));
    await this.dueSteps.run('conclude', (experiment) => this.conclude(experiment));
  }

  private async start(experiment: Experiment, now: Date): Promise<StepDecision> {
    if (experiment.status !== 'scheduled') return null;
    return startChange(experiment, 'schedule', now, await this.programme.current());
  }

  /** Closes admission; the last units still get their whole window. */
  private end(experiment: Experiment, endedAt: Date): StepDecision {
    if (experiment.status !== 'running' && experiment.status !== 'paused') return null;
    const concludesAt = new Date(endedAt.getTime() + durationMilliseconds(experiment.metrics.window));
    return {
      seen: experiment,
      patch: { admission: 'closed' },
      decision: {
        actor: 'schedule',
        action: 'close admission',
        reason: 'endsAt has passed',
        evidence: { concludesAt },
      },
      due: [{ kind: 'conclude', at: concludesAt }],
    };
  }

  private conclude(experiment: Experiment): StepDecision {
    if (experiment.status !== 'running' && experiment.status !== 'paused') return null;
    const epoch = concludedPhase(experiment, experiment.control);
    return {
      seen: experiment,
      ...(epoch ? { epoch } : {}),
      patch: { status: 'concluded', decidedVariant: experiment.control },
      decision: {
        actor: 'schedule',
        action: 'conclude',
        reason: 'the last window has passed and nobody rolled out a winner, so control stays',
        evidence: { decidedVariant: experiment.control },
      },
      schedule: 'clear',
    };
  }
}
