import { legalActions, type LifecycleAction } from '../../../src/lifecycle/lifecycle.js';
import type { Action } from '../../../src/dashboard/web/act/action.js';
import { foremost, offers, refusalOf, stepsToApprove } from '../../../src/dashboard/web/act/legal-actions.js';
import { bandit, ramped, rollingOut, running } from './experiment.fixture.js';

const states = [
  'draft',
  'scheduled',
  'running',
  'paused',
  'rolling-out',
  'concluded',
  'archived',
  'killed',
  'imported',
] as const;
const counterparts: Partial<Record<Action, LifecycleAction>> = {
  start: 'start',
  pause: 'pause',
  resume: 'resume',
  conclude: 'conclude',
  archive: 'archive',
  kill: 'kill',
  'roll out': 'roll out',
  'abort rollout': 'abort',
};

describe('what is offered in a state', () => {
  it.each(states)('is what the server allows in %s', (status) => {
    const offered = offers({ ...running, status })
      .filter(({ refusal }) => refusal === null)
      .flatMap(({ action }) => counterparts[action] ?? []);
    // A person cannot conclude what is being rolled out: LifecycleService.conclude.
    const allowed = legalActions(status).filter(
      (action) => action !== 'conclude' || status !== 'rolling-out',
    );
    expect(offered.sort()).toEqual(allowed.sort());
  });

  it('says of what is not legal in which states it is', () => {
    expect(refusalOf({ ...running, status: 'draft' }, 'conclude')).toBe(
      'It is draft; this works while it is running or paused.',
    );
    expect(refusalOf({ ...running, status: 'archived' }, 'kill')).toBe(
      'It is archived; this works while it is running, paused, rolling-out or concluded.',
    );
  });

  it('reallocates only a bandit', () => {
    expect(refusalOf(running, 'reallocate')).toBe('Its weights are fixed; only a bandit reallocates.');
    expect(refusalOf(bandit, 'reallocate')).toBeNull();
  });

  it('pauses a rollout that is under way, and resumes one that is paused', () => {
    const paused = { ...rollingOut, rollout: { ...rollingOut.rollout!, paused: true } };
    expect(refusalOf(rollingOut, 'pause rollout')).toBeNull();
    expect(refusalOf(rollingOut, 'resume rollout')).toBe('Its rollout is under way.');
    expect(refusalOf(paused, 'pause rollout')).toBe('Its rollout is paused already.');
    expect(refusalOf(paused, 'resume rollout')).toBeNull();
  });

  it('holds a ramp once, and resumes only one that is held', () => {
    const held = {
      ...ramped,
      rampState: { held: true, remaining: 1, approvedCoverage: 0, aborted: false },
    };
    expect(refusalOf(running, 'hold ramp')).toBe('It has no ramp.');
    expect(refusalOf({ ...ramped, coverage: 100 }, 'hold ramp')).toBe('Its ramp is over.');
    expect(refusalOf(ramped, 'hold ramp')).toBeNull();
    expect(refusalOf(held, 'hold ramp')).toBe('Its ramp is held already.');
    expect(refusalOf(ramped, 'resume ramp')).toBe('Its ramp is not held.');
    expect(refusalOf(held, 'resume ramp')).toBeNull();
    expect(refusalOf({ ...held, rampState: { ...held.rampState, aborted: true } }, 'resume ramp')).toBe(
      'Its ramp was aborted.',
    );
  });

  it('approves the steps that still wait for a person', () => {
    expect(stepsToApprove(ramped)).toEqual([50]);
    const approved = {
      ...ramped,
      rampState: { held: false, remaining: null, approvedCoverage: 50, aborted: false },
    };
    expect(stepsToApprove(approved)).toEqual([]);
    expect(refusalOf(approved, 'approve ramp')).toBe('No step of its ramp waits for approval.');
  });

  it('puts two in front, those that the state calls for', () => {
    expect(foremost({ ...running, status: 'draft' })).toEqual(['start']);
    expect(foremost(running)).toEqual(['pause', 'roll out']);
    expect(foremost(ramped)).toEqual(['approve ramp', 'pause']);
    expect(foremost(rollingOut)).toEqual(['pause rollout', 'abort rollout']);
    expect(foremost({ ...running, status: 'archived' })).toEqual([]);
  });
});
