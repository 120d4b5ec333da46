import type { Experiment } from '../../src/experiments/experiment.js';
import type { RolloutState } from '../../src/experiments/schedule.js';
import type { Change } from '../../src/lifecycle/change.js';
import type { DueStepService } from '../../src/lifecycle/due-step.service.js';
import {
  abortRollout,
  advanceRollout,
  pauseRollout,
  resumeRollout,
  startRollout,
} from '../../src/rollouts/rollout-change.js';
import { Obstacles } from '../../src/rollouts/obstacles.service.js';
import { RolloutJob } from '../../src/rollouts/rollout.job.js';
import type { StageService } from '../../src/rollouts/stage.service.js';
import { articleStages } from '../../src/rollouts/rollout.schema.js';
import { experimentWith, firstEpoch } from '../bucketing/experiment-fixtures.js';

const hour = 3_600_000;
const now = new Date('2026-02-01T00:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * hour);
const request = { winner: 'treatment', remainder: 'others', stages: articleStages } as const;
const moment = (seen: Experiment) => ({ seen, actor: 'person:ada', now }) as const;

function rollingOut(changes: Partial<RolloutState> = {}): Experiment & { rollout: RolloutState } {
  const weightsBefore = { control: 0.5, treatment: 0.5 };
  const rollout = { ...request, stage: 0, paused: false, remainingHold: null, weightsBefore, ...changes };
  return { ...experimentWith({ status: 'rolling-out', phase: rollout.stage + 1 }), rollout };
}

describe('startRollout', () => {
  const running = experimentWith({ coverage: 10, endsAt: later(1000) });

  it('opens the first stage: weights, phase 1, everyone let in, due times', () => {
    const change = startRollout(moment(running), request, [firstEpoch(running)]);
    expect(change).toMatchObject({
      patch: {
        status: 'rolling-out',
        decidedVariant: null,
        rollout: { stage: 0, weightsBefore: { control: 0.5, treatment: 0.5 } },
      },
      epoch: { cause: 'rollout', phase: 1, coverage: 100, weights: { control: 0.25, treatment: 0.75 } },
      schedule: 'freeze',
      decision: { action: 'roll out', evidence: { from: 'running', percent: 75 } },
    });
    expect(change.due).toContainEqual({ kind: 'rollout', at: later(24) });
    expect(change.due).toContainEqual({ kind: 'guardrail', at: later(10 / 3600) });
  });

  it('does not count its phases into those of an earlier, aborted rollout', () => {
    const epochs = [0, 1, 2, 0].map((phase, index) => firstEpoch(running, { phase, number: index + 1 }));
    expect(startRollout(moment(running), request, epochs).epoch?.phase).toBe(3);
  });

  it('ships at once when its only stage is everyone', () => {
    const change = startRollout(moment(running), { ...request, stages: [{ percent: 100 }] }, [
      firstEpoch(running),
    ]);
    expect(change).toMatchObject({
      patch: { status: 'concluded', decidedVariant: 'treatment' },
      schedule: 'clear',
    });
  });
});

describe('RolloutJob', () => {
  const jobWith = (back: Change | null, isUnclear = false, obstacles = new Obstacles()) =>
    new RolloutJob(
      {} as DueStepService,
      {
        look: () => Promise.resolve({ back, isUnclear }),
      } as unknown as StageService,
      obstacles,
    );
  const job = jobWith(null);

  it('goes one stage on, and counts the hold from now however late it is', async () => {
    expect(await job.decide(rollingOut(), later(1000))).toMatchObject({
      patch: { rollout: { stage: 1 } },
      epoch: { phase: 2, weights: { control: expect.closeTo(0.05, 15), treatment: 0.95 } },
      due: [{ kind: 'rollout', at: later(1048) }],
      decision: { actor: 'rollout', action: 'next stage' },
    });
  });

  it('ships the winner with the last stage', async () => {
    expect(await job.decide(rollingOut({ stage: 1 }), now)).toMatchObject({
      patch: { status: 'concluded', decidedVariant: 'treatment', admission: 'closed', rollout: null },
      epoch: { phase: 3, weights: { control: 0, treatment: 1 } },
      schedule: 'clear',
      decision: { action: 'ship', evidence: { config: { model: 'model of treatment' } } },
    });
  });

  it('does nothing for a paused rollout or an experiment that rolls nothing out', async () => {
    expect(await job.decide(rollingOut({ paused: true }), now)).toBeNull();
    expect(await job.decide(experimentWith(), now)).toBeNull();
    expect(await job.decide({ ...rollingOut(), status: 'paused' }, now)).toBeNull();
  });

  it('goes back instead of on where the winner does harm', async () => {
    const back = abortRollout(moment(rollingOut()), 'harm');
    expect(await jobWith(back).decide(rollingOut(), now)).toBe(back);
  });

  it('waits while a guardrail is breached, whatever the guardrail itself does about it', async () => {
    const obstacles = new Obstacles();
    const soon = { postpone: later(10 / 3_600) };
    obstacles.add(() => Promise.resolve([{ code: 'GUARDRAIL', reason: 'errors', evidence: {} }]));
    expect(await jobWith(null, false, obstacles).decide(rollingOut({ stage: 1 }), now)).toEqual(soon);
    expect(await jobWith(null, true).decide(rollingOut({ stage: 1 }), now)).toEqual(soon);
  });
});

describe('pauseRollout and resumeRollout', () => {
  it('keep what was left of the hold', () => {
    const seen = rollingOut();
    const paused = pauseRollout(moment(seen), seen.rollout, later(9), 'lunch');
    expect(paused).toMatchObject({
      patch: { rollout: { paused: true, remainingHold: 9 * hour } },
      due: [{ kind: 'rollout', at: null }],
      decision: { reason: 'lunch' },
    });
    const held = rollingOut({ paused: true, remainingHold: 9 * hour });
    const resumed = resumeRollout({ ...moment(held), now: later(100) }, held.rollout, '');
    expect(resumed).toMatchObject({
      patch: { rollout: { paused: false, remainingHold: null } },
      due: [{ kind: 'rollout', at: later(109) }],
    });
  });

  it('leave nothing of a hold that is over', () => {
    const seen = rollingOut();
    const change = pauseRollout(moment(seen), seen.rollout, later(-5), '');
    expect(change.patch.rollout?.remainingHold).toBe(0);
  });
});

describe('abortRollout', () => {
  it('pauses, and gives every slot back to its owner of the test', () => {
    expect(abortRollout(moment(rollingOut()), 'worse', { bound: 1 })).toMatchObject({
      patch: { status: 'paused', rollout: null },
      epoch: { cause: 'abort', phase: 0, restore: true, evidence: { reason: 'worse', bound: 1 } },
      schedule: 'freeze',
    });
  });

  it('leaves the experiment with an end: its own, or now where that has passed', () => {
    const end = (endsAt: Date) =>
      abortRollout(moment({ ...rollingOut(), endsAt }), '').due?.find(({ kind }) => kind === 'end');
    expect(end(later(9))).toEqual({ kind: 'end', at: later(9) });
    expect(end(later(-9))).toEqual({ kind: 'end', at: now });
  });
});

describe('advanceRollout', () => {
  it('takes every stage in turn, each in a phase of its own', () => {
    const phases: unknown[] = [];
    for (let stage = 0; stage < 2; stage += 1) {
      const seen = rollingOut({ stage });
      phases.push(advanceRollout(moment(seen), seen.rollout).epoch?.phase);
    }
    expect(phases).toEqual([2, 3]);
  });
});
