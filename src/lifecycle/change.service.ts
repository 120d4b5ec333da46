import { setTimeout as delay } from 'node:timers/promises';
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
import { rootSegment } from '../experiments/segment.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';
import { WeightEpochStore } from '../experiments/weight-epoch.store.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import type { Change } from './change.js';
import { DecisionWitnesses } from './decision-witness.service.js';
import type { DueStep } from './due-step.js';
import { DueStepStore } from './due-step.store.js';
import { LayerClaims } from './layer-claims.service.js';
import { nextEpochs } from './next-epoch.js';
import { stepsWhileRunning } from './start.js';

/** A kill or a lift under way takes a few milliseconds; one that hangs holds up a kill for so long at most. */
const patience = 1_000;
const betweenTries = 10;

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
    private readonly layers: LayerClaims,
    private readonly killSwitch: KillSwitchStore,
    private readonly registry: RegistryService,
    private readonly transactions: Transactions,
    private readonly witnesses: DecisionWitnesses,
    private readonly events: EventPublisher,
    private readonly clock: Clock,
  ) {}

  /**
   * Throws VERSION_CONFLICT, with nothing written, when the experiment has moved on.
   *
   * @param also what is written in the same transaction; it may run again when that loses a race
   */
  async commit(change: Change, also?: (manager: EntityManager) => Promise<unknown>): Promise<RegistryEntry> {
    const witnessed = await this.witnesses.call(change.seen, change.decision);
    const now = this.clock.now();
    const written = await this.transactions.run(async (manager, announce) => {
      await this.write(change, now, manager);
      for (const write of witnessed) await write(manager);
      await also?.(manager);
      announce({ topic: 'experiment', key: change.seen.key, version: change.seen.version + 1 });
      // After the commit another write may be the newest: whoever wrote is told what they wrote.
      return this.registry.written(change.seen.key, manager);
    });
    this.registry.adopt(written);
    this.publish(change.seen.key, change.decision, now);
    return written;
  }

  /** Puts everyone on the fallback. Waits for no other change. One that is killed already stays as it is, and nothing is written. */
  async kill(seen: Experiment, decision: Change['decision']): Promise<RegistryEntry> {
    const now = this.clock.now();
    const isPulled = await this.transactions.run(async (manager, announce) => {
      if (!(await this.isYetToKill(seen.id, manager))) return false;
      await this.killSwitch.kill(seen.id, decision.actor, decision.reason, now, manager);
      await this.decisions.append(seen.id, decision, now, manager);
      announce({ topic: 'experiment', key: seen.key, version: seen.version + 1 });
      return true;
    });
    const entry = await this.registry.refresh(seen.key);
    if (!entry)
      throw new AssayError('EXPERIMENT_NOT_FOUND', `Experiment "${seen.key}" was deleted meanwhile.`);
    if (isPulled) this.publish(seen.key, decision, now);
    return entry;
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

  /**
   * Whether the switch is yet to be pulled. Of kills sent at once the first to ask is told so, the others once it is done, as is
   * one that meets a lift; where either hangs the switch is pulled all the same, for a kill waits for nobody.
   */
  private async isYetToKill(experimentId: number, manager: EntityManager): Promise<boolean> {
    for (const deadline = performance.now() + patience; performance.now() < deadline;) {
      if (await this.killSwitch.isAlone(experimentId, manager))
        return !(await this.killSwitch.state(experimentId, manager)).active;
      await delay(betweenTries);
    }
    return true;
  }

  private async write(change: Change, now: Date, manager: EntityManager): Promise<void> {
    const { seen, decision } = change;
    const epochs = await this.epochsAfter(change, now, manager);
    const epoch = epochs.find(({ segment }) => segment === rootSegment);
    const layer = await this.layers.claim(seen, change.patch, manager);
    const patch = {
      ...change.patch,
      ...(epoch ? { coverage: epoch.coverage, phase: epoch.phase } : {}),
      ...(layer ? { layer } : {}),
    };
    // Before the version is compared: no kill may come in between, or it would be lifted unseen.
    const lifted = change.lift ? await this.killSwitch.active(seen.id, manager) : [];
    // First of all writes: of two that change an experiment at once, the later waits here and then finds it moved on.
    if (!(await this.experiments.update(seen, patch, now, manager))) throw staleVersion(seen);
    if (change.claim && !(await this.dueSteps.claim(change.claim, manager))) throw staleVersion(seen);
    for (const each of epochs) await this.weightEpochs.append(each, manager);
    if (change.lift) {
      await this.killSwitch.lift(lifted, now, manager);
      await this.dueSteps.freeze(seen.id, lifted[0]?.killedAt ?? now, manager);
    }
    if (change.schedule) await this.reschedule(seen, change.schedule, now, manager);
    for (const due of change.due ?? []) await this.dueSteps.set(seen.id, due, manager);
    await this.decisions.append(seen.id, decision, now, manager);
  }

  private async epochsAfter(change: Change, now: Date, manager: EntityManager): Promise<WeightEpoch[]> {
    if (!change.epoch && !change.leaves) return [];
    return nextEpochs(change.seen, await this.weightEpochs.listAll(change.seen.id, manager), change, now);
  }

  private async reschedule(
    seen: Experiment,
    schedule: Change['schedule'],
    now: Date,
    manager: EntityManager,
  ) {
    if (schedule === 'freeze') await this.dueSteps.freeze(seen.id, now, manager);
    if (schedule === 'thaw') {
      await this.dueSteps.thaw(seen.id, now, manager);
      // A conclusion, a rollout or a kill on the way may have left nothing that watches and ends it.
      await this.dueSteps.ensure(seen.id, stepsWhileRunning(seen, now), manager);
    }
    if (schedule === 'clear') await this.dueSteps.clear(seen.id, manager);
  }

  private publish(experiment: string, decision: Change['decision'], at: Date): void {
    this.events.publish(assayEvents.decision, { experiment, at, ...decision });
  }
}
