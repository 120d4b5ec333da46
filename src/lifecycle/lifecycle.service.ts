import { Injectable } from '@nestjs/common';
import { ConfigChecks } from '../experiments/config-checks.service.js';
import type { Actor } from '../experiments/decision.js';
import type { Experiment } from '../experiments/experiment.js';
import { variantOf } from '../experiments/experiment.js';
import { ProgrammeHoldbackService } from '../experiments/programme/programme-holdback.service.js';
import type { RegistryEntry } from '../experiments/registry-entry.js';
import { AssayError } from '../operations/assay-error.js';
import { Clock } from '../operations/clock.js';
import type { Change } from './change.js';
import { ChangeService } from './change.service.js';
import { concludedPhase } from './concluded-phase.js';
import { legalActions, nextStatus, type LifecycleAction } from './lifecycle.js';
import { startChange } from './start.js';

/** Moves experiments through their states, each move a recorded decision. */
@Injectable()
export class LifecycleService {
  constructor(
    private readonly changes: ChangeService,
    private readonly programme: ProgrammeHoldbackService,
    private readonly clock: Clock,
    private readonly configs: ConfigChecks,
  ) {}

  /** Starts a draft, or schedules it when its `startsAt` lies ahead. Throws INVALID_REQUEST for configs nobody could use. */
  async start(seen: Experiment, actor: Actor): Promise<RegistryEntry> {
    this.assertLegal(seen, 'start');
    this.configs.refuseUnusable(seen);
    const now = this.clock.now();
    if (seen.endsAt && seen.endsAt <= now) {
      throw new AssayError(
        'INVALID_REQUEST',
        `"${seen.key}" cannot start: its endsAt ${seen.endsAt.toISOString()} has passed. PATCH it to a later one, or to null.`,
        [{ pointer: '/endsAt', message: `${seen.endsAt.toISOString()} has passed` }],
      );
    }
    const programme = await this.programme.current();
    return this.changes.commit(startChange(seen, actor, now, programme));
  }

  pause(seen: Experiment, actor: Actor, reason: string, evidence: Change['decision']['evidence'] = {}) {
    return this.changes.commit({
      seen,
      patch: { status: this.assertLegal(seen, 'pause') },
      decision: { actor, action: 'pause', reason, evidence },
      schedule: 'freeze',
    });
  }

  /** Lets a paused experiment go on: run, or serve what was decided before a kill. A killed one becomes paused first. */
  resume(seen: Experiment, actor: Actor, reason: string): Promise<RegistryEntry> {
    const status = this.assertLegal(seen, 'resume');
    if (seen.status === 'killed') return this.liftKill(seen, actor, reason);
    const { decidedVariant } = seen;
    if (decidedVariant !== null) {
      return this.changes.commit({
        seen,
        patch: { status: 'concluded' },
        decision: { actor, action: 'resume', reason, evidence: { status: 'concluded', decidedVariant } },
      });
    }
    return this.changes.commit({
      seen,
      patch: { status },
      decision: { actor, action: 'resume', reason, evidence: {} },
      schedule: 'thaw',
    });
  }

  /** The experiment becomes paused, so that nobody resumes it unawares. A rollout is over; a conclusion stands. */
  private liftKill(seen: Experiment, actor: Actor, reason: string): Promise<RegistryEntry> {
    if (reason === '') {
      throw new AssayError(
        'INVALID_REQUEST',
        `Experiment "${seen.key}" was killed; resuming it needs a "reason".`,
      );
    }
    const isCutShort = seen.phase > 0 && seen.decidedVariant === null;
    return this.changes.commit({
      seen,
      patch: { status: 'paused', rollout: null },
      decision: { actor, action: 'lift kill', reason, evidence: {} },
      lift: true,
      ...(isCutShort
        ? { epoch: { cause: 'abort', evidence: { killed: true }, phase: 0, restore: true } }
        : {}),
    });
  }

  /** Ends the experiment: everyone is served the variant from now on, control when none is named. */
  conclude(
    seen: Experiment,
    actor: Actor,
    variant: string | undefined,
    reason: string,
  ): Promise<RegistryEntry> {
    if (seen.status === 'rolling-out') throw this.illegal(seen, 'conclude');
    const status = this.assertLegal(seen, 'conclude');
    const decidedVariant = variant ?? seen.control;
    if (!seen.variants.some((candidate) => candidate.key === decidedVariant)) {
      throw new AssayError(
        'INVALID_REQUEST',
        `"${decidedVariant}" is not a variant of "${seen.key}"; the variants are ${seen.variants.map(({ key }) => key).join(', ')}.`,
      );
    }
    const epoch = concludedPhase(seen, decidedVariant);
    return this.changes.commit({
      seen,
      ...(epoch ? { epoch } : {}),
      patch: { status, decidedVariant, admission: 'closed' },
      decision: {
        actor,
        action: 'conclude',
        reason,
        evidence: { decidedVariant, config: variantOf(seen, decidedVariant).config },
      },
      schedule: 'clear',
    });
  }

  /** Keeps everything and serves the fallback for good. */
  archive(seen: Experiment, actor: Actor, reason: string): Promise<RegistryEntry> {
    return this.changes.commit({
      seen,
      patch: { status: this.assertLegal(seen, 'archive') },
      decision: { actor, action: 'archive', reason, evidence: {} },
      schedule: 'clear',
      lift: seen.status === 'killed',
    });
  }

  /** Puts everyone on the fallback at once, on every replica; waits for no other change. A killed one stays killed, as it is. */
  kill(seen: Experiment, actor: Actor, reason: string, evidence: Change['decision']['evidence'] = {}) {
    if (seen.status !== 'killed') this.assertLegal(seen, 'kill');
    return this.changes.kill(seen, { actor, action: 'kill', reason, evidence });
  }

  /** The state that the action leads to. Throws ILLEGAL_TRANSITION naming the state and what is legal in it. */
  assertLegal(seen: Experiment, action: LifecycleAction): Experiment['status'] {
    const status = nextStatus(seen.status, action);
    if (status === null) throw this.illegal(seen, action);
    return status;
  }

  private illegal(seen: Experiment, action: LifecycleAction): AssayError {
    const legal = legalActions(seen.status).filter(
      (candidate) => candidate !== 'conclude' || seen.status !== 'rolling-out',
    );
    const advice =
      legal.length > 0
        ? `legal here: ${legal.join(', ')}`
        : 'nothing is legal here any more; clone it instead';
    return new AssayError(
      'ILLEGAL_TRANSITION',
      `Experiment "${seen.key}" is ${seen.status}; it cannot ${action}. ${advice[0]?.toUpperCase()}${advice.slice(1)}.`,
    );
  }
}
