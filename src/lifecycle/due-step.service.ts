import { Injectable, Logger } from '@nestjs/common';
import { DatabaseState } from '../database/database-state.service.js';
import type { EntityManager } from 'typeorm';
import type { Decision } from '../experiments/decision.js';
import type { Experiment } from '../experiments/experiment.js';
import { ExperimentStore } from '../experiments/experiment.store.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import type { Change } from './change.js';
import { ChangeService } from './change.service.js';
import { DueStepStore } from './due-step.store.js';
import type { DueKind, DueStep } from './due-step.js';

/** What one tick did. */
export interface TickReport {
  readonly done: number;
  /** Steps that another process took, or that no longer applied. */
  readonly passed: number;
  readonly failed: number;
}

/** What carrying out a step writes, in the same transaction as its claim. */
interface Writing {
  readonly write?: ((manager: EntityManager) => Promise<unknown>) | undefined;
}

/**
 * What to do about a due step: a change to commit; or another due time, with the kill switch pulled where `kill` is given;
 * either with what `write` writes; or nothing any more (null).
 */
export type StepDecision =
  (Change & Writing) | ({ readonly postpone: Date; readonly kill?: Decision } & Writing) | null;
export type Decide = (
  experiment: Experiment,
  step: DueStep,
  now: Date,
) => StepDecision | Promise<StepDecision>;

/** Carries out scheduled work: each due step once, in whichever process comes first. */
@Injectable()
export class DueStepService {
  private readonly logger = new Logger('Schedule');
  private readonly busy = new Set<DueKind>();

  constructor(
    private readonly dueSteps: DueStepStore,
    private readonly experiments: ExperimentStore,
    private readonly changes: ChangeService,
    private readonly database: DatabaseState,
    private readonly clock: Clock,
  ) {}

  /** Runs every due step of a kind. A step that fails is logged and stays due. */
  async run(kind: DueKind, decide: Decide): Promise<TickReport> {
    const report = { done: 0, passed: 0, failed: 0 };
    if (this.busy.has(kind) || this.database.status !== 'ready') return report;
    this.busy.add(kind);
    try {
      for (const step of await this.dueSteps.due(kind, this.clock.now())) {
        report[await this.carryOut(step, decide)] += 1;
      }
    } catch (error) {
      this.logger.warn(`Could not read which ${kind} steps are due; the next tick tries again`, error);
    } finally {
      this.busy.delete(kind);
    }
    return report;
  }

  private async carryOut(step: DueStep, decide: Decide): Promise<keyof TickReport> {
    try {
      const experiment = await this.experiments.findById(step.experimentId);
      if (!experiment || experiment.status === 'killed') return 'passed';
      const decision = await decide(experiment, step, this.clock.now());
      if (decision === null || 'postpone' in decision) {
        if (!(await this.changes.postpone(step, decision?.postpone ?? null, decision?.write)))
          return 'passed';
        if (decision?.kill) await this.changes.kill(experiment, decision.kill);
        return 'done';
      }
      const { write, ...change } = decision;
      await this.changes.commit({ ...change, claim: step }, write);
      return 'done';
    } catch (error) {
      if (error instanceof AssayError && error.code === 'VERSION_CONFLICT') return 'passed';
      this.logger.error(`A ${step.kind} step of experiment ${step.experimentId} failed; it stays due`, error);
      return 'failed';
    }
  }
}
