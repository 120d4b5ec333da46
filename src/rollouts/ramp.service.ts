import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SampleRatioService } from '../analysis/health/sample-ratio.service.js';
import { figure } from '../analysis/figure.js';
import type { Experiment } from '../experiments/experiment.js';
import type { RegistryEntry } from '../experiments/registry-entry.js';
import { ChangeService } from '../lifecycle/change.service.js';
import { DueStepStore } from '../lifecycle/due-step.store.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import { abortedRamp, approvedRamp, heldRamp, resumedRamp, type RampMoment } from './ramp-change.js';
import { Obstacles } from './obstacles.service.js';
import { rampView, standing, type RampStanding, type RampView } from './ramp-view.js';

/** Somebody's wish about a ramp; the moment is the service's. */
export type RampWish = Omit<RampMoment, 'now'>;

/** Ramps under people's control: hold, resume, abort, approve, and how one stands. */
@Injectable()
export class RampService implements OnModuleInit {
  constructor(
    private readonly changes: ChangeService,
    private readonly dueSteps: DueStepStore,
    private readonly sampleRatio: SampleRatioService,
    private readonly obstacles: Obstacles,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.obstacles.add(async (experiment) => {
      const { sampleRatio } = await this.sampleRatio.testedUnits(experiment);
      if (!sampleRatio.mismatch) return [];
      const proof =
        sampleRatio.greatestEValue === null ? '' : ` (e-value ${figure(sampleRatio.greatestEValue)})`;
      const reason = `SRM, the numbers of units do not fit the weights${proof}`;
      return [{ code: 'SRM', reason, evidence: { ...sampleRatio } }];
    });
  }

  /** Stops the ramp where it is, with what is left of its clock. */
  async hold(wish: RampWish): Promise<RegistryEntry> {
    this.assertIn(wish.seen, 'hold', ['running', 'paused']);
    const { dueAt, remainingMilliseconds } = await this.dueTime(wish.seen);
    const moment = this.moment(wish);
    const left = dueAt ? Math.max(0, dueAt.getTime() - moment.now.getTime()) : remainingMilliseconds;
    return this.changes.commit(heldRamp(moment, left));
  }

  /** Lets a held ramp run on for what was left. */
  resume(wish: RampWish): Promise<RegistryEntry> {
    this.assertIn(wish.seen, 'resume', ['held']);
    return this.changes.commit(resumedRamp(this.moment(wish)));
  }

  /** Ends the ramp at the present coverage. */
  abort(wish: RampWish): Promise<RegistryEntry> {
    this.assertIn(wish.seen, 'abort', ['running', 'paused', 'held']);
    return this.changes.commit(abortedRamp(this.moment(wish)));
  }

  /** Approves the step to that coverage, the next that needs it by default, and those before it. */
  approve(wish: RampWish, coverage?: number): Promise<RegistryEntry> {
    const { seen } = wish;
    this.assertIn(seen, 'approve', ['running', 'paused', 'held']);
    const approved = seen.rampState?.approvedCoverage ?? 0;
    const open = seen.ramp.filter(
      (step) => step.approval === true && step.coverage > Math.max(seen.coverage, approved),
    );
    const step = coverage === undefined ? open[0] : open.find((each) => each.coverage === coverage);
    if (step) return this.changes.commit(approvedRamp(this.moment(wish), step.coverage));
    const steps = open.map((each) => each.coverage).join(', ');
    const advice =
      steps === '' ? 'no step waits for approval' : `steps that wait for it are those to ${steps}`;
    const message = `${coverage === undefined ? 'nothing' : coverage} cannot be approved; ${advice}`;
    throw new AssayError('INVALID_REQUEST', `Ramp of "${seen.key}": /coverage ${message}.`, [
      { pointer: '/coverage', message },
    ]);
  }

  /** The next step, and what it waits for. */
  async view(experiment: Experiment): Promise<RampView> {
    const due = await this.dueTime(experiment);
    const underWay = ['running', 'paused', 'held'].includes(standing(experiment));
    const { units } = underWay ? await this.sampleRatio.testedUnits(experiment) : { units: 0 };
    const obstacles = underWay ? await this.obstacles.find(experiment) : [];
    return rampView(experiment, { ...due, units, obstacles, now: this.clock.now() });
  }

  private moment(wish: RampWish): RampMoment {
    return { ...wish, now: this.clock.now() };
  }

  private async dueTime({ id }: Experiment) {
    const steps = await this.dueSteps.list(id);
    const step = steps.find(({ kind }) => kind === 'ramp');
    return { dueAt: step?.dueAt ?? null, remainingMilliseconds: step?.remainingMilliseconds ?? null };
  }

  private assertIn(seen: Experiment, action: string, legal: readonly RampStanding[]): void {
    const state = standing(seen);
    const isOpen = seen.status === 'running' || seen.status === 'paused';
    if (isOpen && legal.includes(state)) return;
    throw new AssayError(
      'ILLEGAL_TRANSITION',
      `The ramp of "${seen.key}" cannot ${action}: the experiment is ${seen.status}, its ramp is ${sentences[state]}. ` +
        `${action[0]?.toUpperCase()}${action.slice(1)} is legal while a started experiment's ramp is ${legal.join(' or ')}.`,
    );
  }
}

const sentences: Readonly<Record<RampStanding, string>> = {
  none: 'none',
  'not-started': 'not started',
  running: 'under way',
  paused: 'paused with it',
  held: 'held',
  aborted: 'aborted',
  over: 'over',
};
