import { SetAllocation } from '../../src/allocation/allocation.schema.js';
import { allocationChange, allocationFaults } from '../../src/allocation/set-allocation.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';
import { metricWith } from './fixtures.js';

const now = new Date('2026-02-01T00:00:00Z');
const running = experimentWith();
const present = { weights: { control: 0.5, treatment: 0.5 } };
const metricOf = (key: string) =>
  key === 'user_rating'
    ? metricWith({ key })
    : key === 'p95'
      ? metricWith({ key, kind: 'quantile' })
      : undefined;
const bandit = (changes: object = {}) =>
  SetAllocation.parse({ mode: 'bandit', reward: 'user_rating', ...changes });
const fixed = (weights?: Record<string, number>) =>
  SetAllocation.parse({ mode: 'fixed', ...(weights ? { weights } : {}) });
const pointers = (request: ReturnType<typeof bandit>, experiment = running) =>
  allocationFaults(experiment, request, metricOf).map(({ pointer }) => pointer);

describe('SetAllocation', () => {
  it.each([
    [{ mode: 'fixed', weights: { control: -1 } }],
    [{ mode: 'fixed', weights: { control: NaN } }],
    [{ mode: 'fixed', floor: 0.1 }],
    [{ mode: 'bandit' }],
    [{ mode: 'bandit', reward: 'user_rating', every: 'hourly' }],
    [{ mode: 'guess' }],
  ])('refuses %j', (body) => {
    expect(SetAllocation.safeParse(body).success).toBe(false);
  });
});

describe('allocationFaults', () => {
  it('finds none in a sound request', () => {
    expect(pointers(bandit())).toEqual([]);
    expect(pointers(fixed({ treatment: 1 }))).toEqual([]);
    expect(pointers(fixed())).toEqual([]);
  });

  it.each([
    [{ reward: 'nothing' }, ['/reward']],
    [{ reward: 'p95' }, ['/reward']],
    [{ floor: 0.5 }, ['/floor']],
    [{ every: 'PT59S' }, ['/every']],
  ])('names what is wrong with a bandit: %j', (changes, expected) => {
    expect(pointers(bandit(changes))).toEqual(expected);
  });

  it('lets a demonstration reallocate by the second, but not all the time', () => {
    const demonstration = experimentWith({ demonstration: true });
    expect(pointers(bandit({ every: 'PT1S' }), demonstration)).toEqual([]);
    expect(pointers(bandit({ every: 'PT0S' }), demonstration)).toEqual(['/every']);
  });

  it('names strangers and weights that add up to 0', () => {
    expect(pointers(fixed({ control: 1, nobody: 1 }))).toEqual(['/weights/nobody']);
    expect(pointers(fixed({ control: 0 }))).toEqual(['/weights']);
    expect(pointers(fixed({}))).toEqual(['/weights']);
  });
});

describe('allocationChange', () => {
  const change = (request: ReturnType<typeof bandit>) =>
    allocationChange(running, request, present, 'person:ada', now);

  it('lets a bandit take its first step a period from now, with the weights it finds', () => {
    const made = change(bandit({ every: 'PT2H' }));
    expect(made).toMatchObject({
      patch: { allocation: { mode: 'bandit', reward: 'user_rating', floor: 0.01 } },
      due: [{ kind: 'bandit', at: new Date('2026-02-01T02:00:00Z') }],
      decision: { actor: 'person:ada', evidence: { before: { mode: 'fixed' } } },
    });
    expect(made.epoch).toBeUndefined();
  });

  it('opens an epoch for fixed weights; a variant left out gets nothing', () => {
    expect(change(fixed({ treatment: 7 }))).toMatchObject({
      patch: { allocation: { mode: 'fixed' } },
      epoch: { cause: 'weights', weights: { control: 0, treatment: 1 } },
      due: [{ kind: 'bandit', at: null }],
    });
  });

  it('opens none when the weights stay as they are', () => {
    expect(change(fixed({ control: 3, treatment: 3 })).epoch).toBeUndefined();
    expect(change(fixed()).epoch).toBeUndefined();
  });
});
