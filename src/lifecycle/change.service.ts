import { Injectable } from '@nestjs/common';
import { assayEvents } from '../operations/events/assay-events.js';
import { EventPublisher } from '../operations/events/event-publisher.service.js';
import type { EntityManager } from 'typeorm';
import { Transactions } from '../database/transactions.service.js';
import { DecisionStore } from '../experiments/decision.store.js';
import type { Experiment } from '../experiments/experiment.js';
import { ExperimentStore } from '../experiments/experiment.store.js';
import { staleVersion } from '../experiments/experiments.service.js';
import { KillSwitchStore } from '../experiments/kill-switch.store.js';
import type { RegistryEntry } from '../experiments/registry-entry.js';
import { RegistryService } from '../experiments/registry.service.js';
import { WeightEpochStore } from '../experiments/weight-epoch.store.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import type { Change, EpochChange } from './change.js';
import { DecisionWitnesses } from './decision-witness.service.js';
import type { DueStep } from './due-step.js';
import { DueStepStore } from './due-step.store.js';
import { nextEpoch } from './next-epoch.js';

/**
 * Writes a decision: state, weight epoch, due times and evidence, in one short transaction.
 *
 * - It succeeds only if the experiment's version, and the step it carries out, are still what the decision saw.
 * - It is announced in the commit, so other processes never hear of a change that did not happen.
 */
@Injectable()
export class ChangeService {
  constructor(
    private readonly experiments: ExperimentStore,
    private readonly weightEpochs: WeightEpochStore,
    private readonly decisions: DecisionStore,
    private readonly dueSteps: DueStepStore,
    private readonly killSwitch: KillSwitchStore,
    private readonly registry: RegistryService,
    private readonly transactions: Transactions,
    private readonly witnesses: DecisionWitnesses,
    private readonly events: EventPublisher,
    private readonly clock: Clock,
  ) {}

  /** Throws VERSION_CONFLICT, with nothing written, when the experiment has moved on. */
  async commit(change: Change): Promise<RegistryEntry> {
    await this.witnesses.call(change.seen, change.decision);
    const now = this.clock.now();
    await this.transactions.run(async (manager, announce) => {
      await this.write(change, now, manager);
      announce({ topic: 'experiment', key: change.seen.key, version: change.seen.version + 1 });
    });
    return this.announced(change.seen.key, change.decision, now);
  }

  /** Puts everyone on the fallback. Waits for no other change. */
  async kill(seen: Experiment, decision: Change['decision']): Promise<RegistryEntry> {
    const now = this.clock.now();
    await this.transactions.run(async (manager, announce) => {
      await this.killSwitch.kill(seen.id, decision.actor, decision.reason, now, manager);
      await this.decisions.append(seen.id, decision, now, manager);
      announce({ topic: 'experiment', key: seen.key, version: seen.version + 1 });
    });
    return this.announced(seen.key, decision, now);
  }

  /**
   * Moves a due step to another time, or off the schedule (null), together with what carrying it out writes. False when
   * another process took it.
   */
  postpone(
    step: DueStep,
    until: Date | null,
    write?: (manager: EntityManager) => Promise<unknown>,
  ): Promise<boolean> {
    return this.transactions.run(async (manager) => {
      if (!(await this.dueSteps.claim(step, manager))) return false;
      await write?.(manager);
      if (until) await this.dueSteps.set(step.experimentId, { kind: step.kind, at: until }, manager);
      return true;
    });
  }

  private async write(change: Change, now: Date, manager: EntityManager): Promise<void> {
    const { seen, decision } = change;
    const epoch = change.epoch && (await this.epochAfter(seen, change.epoch, now, manager));
    const patch = epoch ? { ...change.patch, coverage: epoch.coverage, phase: epoch.phase } : change.patch;
    // First of all writes: of two that change an experiment at once, the later waits here and then finds it moved on.
    if (!(await this.experiments.update(seen, patch, now, manager))) throw staleVersion(seen);
    if (change.claim && !(await this.dueSteps.claim(change.claim, manager))) throw staleVersion(seen);
    if (epoch) await this.weightEpochs.append(epoch, manager);
    if (change.lift) {
      const killedAt = await this.killSwitch.lift(seen.id, now, manager);
      await this.dueSteps.freeze(seen.id, killedAt ?? now, manager);
    }
    if (change.schedule) await this.reschedule(seen, change.schedule, now, manager);
    for (const due of change.due ?? []) await this.dueSteps.set(seen.id, due, manager);
    await this.decisions.append(seen.id, decision, now, manager);
  }

  private async epochAfter(seen: Experiment, change: EpochChange, now: Date, manager: EntityManager) {
    return nextEpoch(seen, await this.weightEpochs.list(seen.id, manager), change, now);
  }

  private async reschedule(
    seen: Experiment,
    schedule: Change['schedule'],
    now: Date,
    manager: EntityManager,
  ) {
    if (schedule === 'freeze') await this.dueSteps.freeze(seen.id, now, manager);
    if (schedule === 'thaw') await this.dueSteps.thaw(seen.id, now, manager);
    if (schedule === 'clear') await this.dueSteps.clear(seen.id, manager);
  }

  private async announced(key: string, decision: Change['decision'], at: Date): Promise<RegistryEntry> {
    const entry = await this.registry.refresh(key);
    if (!entry) throw new AssayError('EXPERIMENT_NOT_FOUND', `Experiment "${key}" was deleted meanwhile.`);
    this.events.publish(assayEvents.decision, { experiment: key, at, ...decision });
    return entry;
  }
}
