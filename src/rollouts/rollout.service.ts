import { Injectable } from '@nestjs/common';
import type { Actor } from '../experiments/decision.js';
import type { Experiment } from '../experiments/experiment.js';
import type { RegistryEntry } from '../experiments/registry-entry.js';
import type { RolloutState } from '../experiments/schedule.js';
import { WeightEpochStore } from '../experiments/weight-epoch.store.js';
import { ChangeService } from '../lifecycle/change.service.js';
import { DueStepStore } from '../lifecycle/due-step.store.js';
import { LifecycleService } from '../lifecycle/lifecycle.service.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import { faultSummary } from '../operations/problem/fault-summary.js';
import { abortRollout, pauseRollout, resumeRollout, startRollout } from './rollout-change.js';
import { rolloutFaults, type RolloutRequest } from './rollout-faults.js';

/** Takes winners to everyone in stages, and back. */
@Injectable()
export class RolloutService {
  constructor(
    private readonly lifecycle: LifecycleService,
    private readonly weightEpochs: WeightEpochStore,
    private readonly dueSteps: DueStepStore,
    private readonly changes: ChangeService,
    private readonly clock: Clock,
  ) {}

  /** Throws ILLEGAL_TRANSITION, or INVALID_REQUEST with every fault. */
  async start(seen: Experiment, request: RolloutRequest, actor: Actor): Promise<RegistryEntry> {
    this.lifecycle.assertLegal(seen, 'roll out');
    const faults = rolloutFaults(seen, request);
    if (faults.length > 0) {
      throw new AssayError(
        'INVALID_REQUEST',
        `"${seen.key}" cannot be rolled out so: ${faultSummary(faults)}.`,
        faults,
      );
    }
    const epochs = await this.weightEpochs.list(seen.id);
    if (epochs.length === 0) {
      throw new AssayError(
        'ILLEGAL_TRANSITION',
        `Experiment "${seen.key}" never ran, so it has no winner to roll out.`,
      );
    }
    return this.changes.commit(startRollout({ seen, actor, now: this.clock.now() }, request, epochs));
  }

  /** Holds the present stage until resumed. */
  async pause(seen: Experiment, actor: Actor, reason: string): Promise<RegistryEntry> {
    const rollout = this.underWay(seen, 'pause', false);
    const steps = await this.dueSteps.list(seen.id);
    const now = this.clock.now();
    const dueAt = steps.find((step) => step.kind === 'rollout')?.dueAt ?? now;
    return this.changes.commit(pauseRollout({ seen, actor, now }, rollout, dueAt, reason));
  }

  async resume(seen: Experiment, actor: Actor, reason: string): Promise<RegistryEntry> {
    const rollout = this.underWay(seen, 'resume', true);
    return this.changes.commit(resumeRollout({ seen, actor, now: this.clock.now() }, rollout, reason));
  }

  /** Back to the weights of before, paused. */
  async abort(seen: Experiment, actor: Actor, reason: string): Promise<RegistryEntry> {
    this.lifecycle.assertLegal(seen, 'abort');
    return this.changes.commit(abortRollout({ seen, actor, now: this.clock.now() }, reason));
  }

  private underWay({ key, status, rollout }: Experiment, action: string, paused: boolean): RolloutState {
    if (status === 'rolling-out' && rollout?.paused === paused) return rollout;
    const state =
      status === 'rolling-out'
        ? `its rollout is ${paused ? 'under way' : 'paused already'}`
        : `it is ${status}`;
    const legal =
      status === 'rolling-out'
        ? `${paused ? 'pause' : 'resume'}, abort, kill`
        : 'none of a rollout’s actions';
    throw new AssayError(
      'ILLEGAL_TRANSITION',
      `The rollout of "${key}" cannot ${action}: ${state}. Legal here: ${legal}.`,
    );
  }
}
