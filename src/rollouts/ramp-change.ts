import type { Actor, Decision } from '../experiments/decision.js';
import type { Experiment } from '../experiments/experiment.js';
import type { RampState } from '../experiments/schedule.js';
import type { Change } from '../lifecycle/change.js';
import type { Obstacle } from './obstacle.js';
import type { RampMove } from './ramp-step.js';

/** What a person's change of a ramp is decided on. */
export interface RampMoment {
  readonly seen: Experiment;
  readonly actor: Actor;
  readonly reason: string;
  readonly now: Date;
}

/** The state of a ramp that nobody has touched. */
export const untouchedRamp: RampState = { held: false, remaining: null, approvedCoverage: 0, aborted: false };

const postponed = 'postpone ramp';

/** Takes the steps of a move, and sets the time of the next. */
export function raisedRamp(seen: Experiment, { coverage, steps, nextDue }: RampMove, dueAt: Date): Change {
  const raised = coverage ?? seen.coverage;
  const evidence = { before: seen.coverage, coverage: raised, steps, dueAt: dueAt.toISOString() };
  const reason = `from ${seen.coverage} to ${raised}`;
  return {
    seen,
    patch: {},
    decision: { actor: 'ramp', action: 'raise coverage', reason, evidence },
    epoch: { cause: 'ramp', evidence, coverage: raised },
    due: [{ kind: 'ramp', at: nextDue }],
  };
}

/**
 * Puts a due step off while something speaks against it. Each kind of obstacle is recorded once a step, however long it
 * lasts: null where all are on record.
 *
 * @param past decisions recorded so far, newest first
 */
export function postponedRamp(
  seen: Experiment,
  obstacles: readonly Obstacle[],
  past: readonly Decision[],
  until: Date,
): Change | null {
  const known = new Set<unknown>();
  for (const { actor, action, evidence } of past) {
    if (actor !== 'ramp') continue;
    if (action !== postponed) break;
    for (const code of Array.isArray(evidence['codes']) ? evidence['codes'] : []) known.add(code);
  }
  const fresh = obstacles.filter(({ code }) => !known.has(code));
  if (fresh.length === 0) return null;
  const reason = `hold: ${fresh.map((obstacle) => obstacle.reason).join('; ')}`;
  const evidence = { coverage: seen.coverage, codes: fresh.map(({ code }) => code), obstacles: fresh };
  return {
    seen,
    patch: {},
    decision: { actor: 'ramp', action: postponed, reason, evidence },
    due: [{ kind: 'ramp', at: until }],
  };
}

/** Stops the ramp's clock. `remaining` is the milliseconds that were left to the next step; null = none is left. */
export function heldRamp({ seen, actor, reason }: RampMoment, remaining: number | null): Change {
  return {
    seen,
    patch: { rampState: { ...stateOf(seen), held: true, remaining } },
    decision: { actor, action: 'hold ramp', reason, evidence: { coverage: seen.coverage, remaining } },
    due: [{ kind: 'ramp', at: null }],
  };
}

/** Lets the ramp run on for what was left; while the experiment is paused its clock starts with the experiment's. */
export function resumedRamp({ seen, actor, reason, now }: RampMoment): Change {
  const { remaining } = stateOf(seen);
  const due =
    seen.status === 'running' || remaining === null
      ? { kind: 'ramp' as const, at: remaining === null ? null : new Date(now.getTime() + remaining) }
      : { kind: 'ramp' as const, remainingMilliseconds: remaining };
  return {
    seen,
    patch: { rampState: { ...stateOf(seen), held: false, remaining: null } },
    decision: { actor, action: 'resume ramp', reason, evidence: { coverage: seen.coverage, remaining } },
    due: [due],
  };
}

/** Ends the ramp at the present coverage. */
export function abortedRamp({ seen, actor, reason }: RampMoment): Change {
  return {
    seen,
    patch: { rampState: { ...stateOf(seen), held: false, remaining: null, aborted: true } },
    decision: { actor, action: 'abort ramp', reason, evidence: { coverage: seen.coverage } },
    due: [{ kind: 'ramp', at: null }],
  };
}

/** Approves the steps up to that coverage, as far as they need it; their other conditions still have to hold. */
export function approvedRamp({ seen, actor, reason }: RampMoment, coverage: number): Change {
  const approvedCoverage = Math.max(stateOf(seen).approvedCoverage, coverage);
  const evidence = { coverage: seen.coverage, approvedCoverage };
  return {
    seen,
    patch: { rampState: { ...stateOf(seen), approvedCoverage } },
    decision: { actor, action: 'approve ramp step', reason, evidence },
  };
}

function stateOf({ rampState }: Experiment): RampState {
  return rampState ?? untouchedRamp;
}
