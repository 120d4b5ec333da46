import type { SampleRatioService } from '../../src/analysis/health/sample-ratio.service.js';
import type { ExperimentsService } from '../../src/experiments/experiments.service.js';
import type { Decision } from '../../src/experiments/decision.js';
import type { Change } from '../../src/lifecycle/change.js';
import type { Obstacle } from '../../src/rollouts/obstacle.js';
import type { Obstacles } from '../../src/rollouts/obstacles.service.js';
import { RampJob } from '../../src/rollouts/ramp.job.js';
import { rampMove } from '../../src/rollouts/ramp-step.js';
import type { DueStepService } from '../../src/lifecycle/due-step.service.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';

const day = 86_400_000;
const start = new Date('2026-01-05T00:00:00Z');
const after = (days: number) => new Date(start.getTime() + days * day);

/** The reference article's schedule. */
const ramp = [
  { after: 'P0D', coverage: 5 },
  { after: 'P2D', coverage: 10 },
  { after: 'P5D', coverage: 25 },
  { after: 'P7D', coverage: 50 },
  { after: 'P10D', coverage: 100 },
];
const at = (coverage: number) => experimentWith({ ramp, coverage });

describe('rampMove', () => {
  it('takes one step and sets the time of the next', () => {
    expect(rampMove(at(5), after(2), after(2), 0)).toEqual({
      coverage: 10,
      steps: [ramp[1]],
      nextDue: after(5),
      waits: [],
    });
  });

  it('folds overdue steps into one', () => {
    expect(rampMove(at(5), after(2), after(8.5), 0)).toEqual({
      coverage: 50,
      steps: ramp.slice(1, 4),
      nextDue: after(10),
      waits: [],
    });
  });

  it('counts on from a due time that stood still during a pause', () => {
    // Paused for 6 days before the step at P2D: everything is 6 days later, and nothing is overdue.
    expect(rampMove(at(5), after(8), after(8.1), 0)).toEqual({
      coverage: 10,
      steps: [ramp[1]],
      nextDue: after(11),
      waits: [],
    });
  });

  it('ends with its last step', () => {
    expect(rampMove(at(50), after(10), after(10), 0)).toEqual({
      coverage: 100,
      steps: [ramp[4]],
      nextDue: null,
      waits: [],
    });
  });

  it('skips steps that a person has overtaken, and keeps the time of the rest', () => {
    expect(rampMove(at(30), after(2), after(2), 0)).toEqual({
      coverage: null,
      steps: [],
      nextDue: after(7),
      waits: [],
    });
  });

  it('has nothing left once coverage is at its end', () => {
    expect(rampMove(at(100), after(2), after(2), 0)).toEqual({
      coverage: null,
      steps: [],
      nextDue: null,
      waits: [],
    });
  });

  it('never lowers coverage, and always comes to its end', () => {
    let coverage = 5;
    let due: Date | null = after(2);
    for (let ticks = 0; due !== null && ticks < 20; ticks += 1) {
      const move = rampMove(at(coverage), due, new Date(due.getTime() + 1.3 * day), 0);
      expect(move.coverage ?? coverage).toBeGreaterThanOrEqual(coverage);
      coverage = move.coverage ?? coverage;
      due = move.nextDue;
    }
    expect(coverage).toBe(100);
  });
});

describe('rampMove with more than time to wait for', () => {
  const conditions = [
    { after: 'P0D', coverage: 5 },
    { after: 'P2D', coverage: 10, units: 500 },
    { after: 'P5D', coverage: 50, approval: true },
    { after: 'P7D', coverage: 100 },
  ];
  const on = (coverage: number, approvedCoverage = 0) =>
    experimentWith({
      ramp: conditions,
      coverage,
      rampState: { held: false, remaining: null, approvedCoverage, aborted: false },
    });

  it('takes no step whose units have not come, and says how many have', () => {
    expect(rampMove(on(5), after(2), after(2), 499)).toEqual({
      coverage: null,
      steps: [],
      nextDue: null,
      waits: [{ condition: 'units', units: 499, needed: 500 }],
    });
    expect(rampMove(on(5), after(2), after(2), 500).coverage).toBe(10);
  });

  it('takes no step that nobody has approved, and none after it', () => {
    expect(rampMove(on(10), after(5), after(30), 1e6)).toMatchObject({
      coverage: null,
      waits: [{ condition: 'approval', coverage: 50 }],
    });
    expect(rampMove(on(5), after(2), after(30), 1e6)).toMatchObject({ coverage: 10, nextDue: after(5) });
    expect(rampMove(on(10, 50), after(5), after(5), 1e6).coverage).toBe(50);
  });

  it('watches the coverage after a long wait for as long as the ramp says', () => {
    // Approved three weeks late: the due time has stood still with the wait, so the last step is two days later.
    expect(rampMove(on(10, 50), after(26), after(26), 1e6)).toMatchObject({
      coverage: 50,
      nextDue: after(28),
    });
  });
});

describe('RampJob', () => {
  const mismatch: Obstacle = { code: 'SRM', reason: 'SRM, e-value 4,000', evidence: {} };
  const jobWith = (obstacles: Obstacle[] = [], past: Decision[] = []) =>
    new RampJob(
      {} as DueStepService,
      { testedUnits: () => Promise.resolve({ units: 499 }) } as unknown as SampleRatioService,
      { find: () => Promise.resolve(obstacles) } as unknown as Obstacles,
      { decisionsOf: () => Promise.resolve(past) } as unknown as ExperimentsService,
    );
  const job = jobWith();
  const step = { experimentId: 1, kind: 'ramp', dueAt: after(2) } as const;
  const tenSecondsLater = new Date(after(2).getTime() + 10_000);

  it('raises coverage with an epoch, its evidence and the next due time', async () => {
    expect(await job.decide(at(5), step, after(2))).toMatchObject({
      decision: { actor: 'ramp', action: 'raise coverage' },
      epoch: { cause: 'ramp', coverage: 10, evidence: { before: 5, coverage: 10 } },
      due: [{ kind: 'ramp', at: after(5) }],
    });
  });

  it('waits while paused, and is over once the experiment is', async () => {
    expect(await job.decide({ ...at(5), status: 'paused' }, step, after(2))).toHaveProperty('postpone');
    expect(await job.decide({ ...at(5), status: 'concluded' }, step, after(2))).toBeNull();
    expect(await job.decide(at(100), step, after(2))).toBeNull();
  });

  it('does nothing to a ramp that is held or aborted', async () => {
    const state = { held: false, remaining: null, approvedCoverage: 0, aborted: false };
    const held = { ...at(5), rampState: { ...state, held: true } };
    const aborted = { ...at(5), rampState: { ...state, aborted: true } };
    expect(await job.decide(held, step, after(2))).toBeNull();
    expect(await job.decide(aborted, step, after(2))).toBeNull();
  });

  it('looks again in ten seconds at a step whose units have not come', async () => {
    const waiting = experimentWith({ ramp: [{ after: 'P2D', coverage: 10, units: 500 }], coverage: 5 });
    expect(await job.decide(waiting, step, after(2))).toEqual({ postpone: tenSecondsLater });
  });

  it('never goes past an obstacle, and records each kind once a step', async () => {
    const decided = await jobWith([mismatch]).decide(at(5), step, after(2));
    expect(decided).toMatchObject({
      patch: {},
      decision: { actor: 'ramp', action: 'postpone ramp', reason: 'hold: SRM, e-value 4,000' },
      due: [{ kind: 'ramp', at: tenSecondsLater }],
    });
    expect(decided).not.toHaveProperty('epoch');
    const { decision } = decided as Change;
    const raised: Decision = { actor: 'ramp', action: 'raise coverage', reason: '', evidence: {} };
    const other: Decision = { actor: 'person:ada', action: 'edit', reason: '', evidence: {} };
    const known = await jobWith([mismatch], [other, decision, raised]).decide(at(5), step, after(2));
    expect(known).toEqual({ postpone: tenSecondsLater });
    const again = await jobWith([mismatch], [raised, decision]).decide(at(5), step, after(2));
    expect(again).toHaveProperty('decision');
  });
});
