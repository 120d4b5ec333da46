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
    expect(rampMove(at(5), after(2), after(2))).toEqual({
      coverage: 10,
      steps: [ramp[1]],
      nextDue: after(5),
    });
  });

  it('folds overdue steps into one', () => {
    expect(rampMove(at(5), after(2), after(8.5))).toEqual({
      coverage: 50,
      steps: ramp.slice(1, 4),
      nextDue: after(10),
    });
  });

  it('counts on from a due time that stood still during a pause', () => {
    // Paused for 6 days before the step at P2D: everything is 6 days later, and nothing is overdue.
    expect(rampMove(at(5), after(8), after(8.1))).toEqual({
      coverage: 10,
      steps: [ramp[1]],
      nextDue: after(11),
    });
  });

  it('ends with its last step', () => {
    expect(rampMove(at(50), after(10), after(10))).toEqual({
      coverage: 100,
      steps: [ramp[4]],
      nextDue: null,
    });
  });

  it('skips steps that a person has overtaken, and keeps the time of the rest', () => {
    expect(rampMove(at(30), after(2), after(2))).toEqual({ coverage: null, steps: [], nextDue: after(7) });
  });

  it('has nothing left once coverage is at its end', () => {
    expect(rampMove(at(100), after(2), after(2))).toEqual({ coverage: null, steps: [], nextDue: null });
  });

  it('never lowers coverage, and always comes to its end', () => {
    let coverage = 5;
    let due: Date | null = after(2);
    for (let ticks = 0; due !== null && ticks < 20; ticks += 1) {
      const move = rampMove(at(coverage), due, new Date(due.getTime() + 1.3 * day));
      expect(move.coverage ?? coverage).toBeGreaterThanOrEqual(coverage);
      coverage = move.coverage ?? coverage;
      due = move.nextDue;
    }
    expect(coverage).toBe(100);
  });
});

describe('RampJob', () => {
  const job = new RampJob({} as DueStepService);
  const step = { experimentId: 1, kind: 'ramp', dueAt: after(2) } as const;

  it('raises coverage with an epoch, its evidence and the next due time', () => {
    expect(job.decide(at(5), step, after(2))).toMatchObject({
      decision: { actor: 'ramp', action: 'raise coverage' },
      epoch: { cause: 'ramp', coverage: 10, evidence: { before: 5, coverage: 10 } },
      due: [{ kind: 'ramp', at: after(5) }],
    });
  });

  it('waits while paused, and is over once the experiment is', () => {
    expect(job.decide({ ...at(5), status: 'paused' }, step, after(2))).toHaveProperty('postpone');
    expect(job.decide({ ...at(5), status: 'concluded' }, step, after(2))).toBeNull();
    expect(job.decide(at(100), step, after(2))).toBeNull();
  });
});
