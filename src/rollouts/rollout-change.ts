import type { Actor } from '../experiments/decision.js';
import { variantOf, type Experiment } from '../experiments/experiment.js';
import type { RolloutState } from '../experiments/schedule.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';
import type { Change } from '../lifecycle/change.js';
import { guardrailPeriod } from '../lifecycle/start.js';
import { durationMilliseconds } from '../operations/duration.js';
import type { RolloutRequest } from './rollout-faults.js';
import { stageWeights } from './rollout-weights.js';

/** What a change of a rollout is decided on. */
export interface RolloutMoment {
  readonly seen: Experiment;
  readonly actor: Actor;
  readonly now: Date;
}

/**
 * Begins a winner's rollout at its first stage.
 *
 * Everyone is let in: a stage's percentage is of all units. Ramp and bandit stand still while it lasts.
 * Its phases continue those of earlier rollouts, so that the figures of an aborted one are not counted into it.
 */
export function startRollout(
  moment: RolloutMoment,
  request: RolloutRequest,
  epochs: readonly WeightEpoch[],
): Change {
  const { seen, now } = moment;
  const weightsBefore = epochs.at(-1)?.weights ?? {};
  const rollout: RolloutState = { ...request, stage: 0, paused: false, remainingHold: null, weightsBefore };
  const phase = Math.max(0, ...epochs.map((epoch) => epoch.phase)) + 1;
  const change = stageChange(moment, rollout, phase);
  if (rollout.stages.length === 1) return change;
  return {
    ...change,
    patch: { ...change.patch, status: 'rolling-out', decidedVariant: null },
    schedule: 'freeze',
    due: [
      ...(change.due ?? []),
      { kind: 'guardrail', at: new Date(now.getTime() + guardrailPeriod) },
      { kind: 'harm', at: new Date(now.getTime() + guardrailPeriod) },
      { kind: 'conclude', at: null },
    ],
    decision: {
      ...change.decision,
      action: 'roll out',
      evidence: { ...change.decision.evidence, from: seen.status },
    },
  };
}

/** Takes a rollout to its next stage; the last one ships the winner. */
export function advanceRollout(moment: RolloutMoment, rollout: RolloutState): Change {
  return stageChange(
    moment,
    { ...rollout, stage: rollout.stage + 1, remainingHold: null },
    moment.seen.phase + 1,
  );
}

function stageChange({ seen, actor, now }: RolloutMoment, rollout: RolloutState, phase: number): Change {
  const stage = rollout.stages[rollout.stage];
  if (!stage)
    throw new RangeError(`A rollout of ${rollout.stages.length} stages has no stage ${rollout.stage}`);
  const { winner, remainder, stages, weightsBefore } = rollout;
  const weights = stageWeights(seen, rollout, stage.percent);
  const evidence = {
    winner,
    remainder,
    stages,
    stage: rollout.stage,
    percent: stage.percent,
    weightsBefore,
    weightsAfter: weights,
  };
  const decision = { actor, action: 'next stage', reason: `${winner} at ${stage.percent} %`, evidence };
  const epoch = { cause: 'rollout', evidence, weights, phase, coverage: 100 } as const;
  if (rollout.stage === stages.length - 1) {
    return {
      seen,
      patch: { status: 'concluded', decidedVariant: winner, admission: 'closed', rollout: null },
      decision: {
        ...decision,
        action: 'ship',
        evidence: { ...evidence, config: variantOf(seen, winner).config },
      },
      epoch,
      schedule: 'clear',
    };
  }
  const at = new Date(now.getTime() + durationMilliseconds(stage.hold ?? 'PT0S'));
  return { seen, patch: { rollout }, decision, epoch, due: [{ kind: 'rollout', at }] };
}

/** Stops the clock of the present stage; its weights stay. */
export function pauseRollout(
  { seen, actor, now }: RolloutMoment,
  rollout: RolloutState,
  dueAt: Date,
  reason: string,
): Change {
  const remainingHold = Math.max(0, dueAt.getTime() - now.getTime());
  return {
    seen,
    patch: { rollout: { ...rollout, paused: true, remainingHold } },
    decision: { actor, action: 'pause rollout', reason, evidence: { stage: rollout.stage, remainingHold } },
    due: [{ kind: 'rollout', at: null }],
  };
}

/** Lets the present stage run on for what was left of its hold. */
export function resumeRollout(
  { seen, actor, now }: RolloutMoment,
  rollout: RolloutState,
  reason: string,
): Change {
  const at = new Date(now.getTime() + (rollout.remainingHold ?? 0));
  return {
    seen,
    patch: { rollout: { ...rollout, paused: false, remainingHold: null } },
    decision: {
      actor,
      action: 'resume rollout',
      reason,
      evidence: { stage: rollout.stage, nextStageAt: at.toISOString() },
    },
    due: [{ kind: 'rollout', at }],
  };
}

/**
 * Takes a rollout back: paused, with every slot at its owner of the test.
 * Its end date, which passes unattended during a rollout, is due again.
 */
export function abortRollout(
  { seen, actor, now }: RolloutMoment,
  reason: string,
  evidence: Change['decision']['evidence'] = {},
): Change {
  const aborted = { rollout: seen.rollout, ...evidence };
  const endsAt = seen.endsAt && seen.endsAt > now ? seen.endsAt : now;
  return {
    seen,
    patch: { status: 'paused', rollout: null },
    decision: { actor, action: 'abort rollout', reason, evidence: aborted },
    epoch: { cause: 'abort', evidence: { reason, ...aborted }, phase: 0, restore: true },
    schedule: 'freeze',
    due: [
      { kind: 'rollout', at: null },
      { kind: 'harm', at: null },
      { kind: 'end', at: endsAt },
    ],
  };
}
