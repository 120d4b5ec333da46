import fc from 'fast-check';
import {
  bandNames,
  heldBackShare,
  placeAt,
  riverSteps,
} from '../../../src/dashboard/web/experiment/traffic/river-layout.js';
import type { ServingChange } from '../../../src/dashboard/web/experiment/traffic/serving.js';
import { epochOf } from './epochs.js';

const start = Date.parse('2026-01-05T00:00:00.000Z');
const hour = 3_600_000;
const bands = { variants: ['control', 'treatment'], heldBack: 0 };
const at = (hours: number) => new Date(start + hours * hour).toISOString();

describe('the shares of a river', () => {
  it('are of all new units: weight times coverage, and the fallback has the rest', () => {
    const epochs = [epochOf({ coverage: 20, weights: { control: 0.25, treatment: 0.75 } })];
    const [step] = riverSteps(epochs, [], bands, start + hour);
    expect(step).toMatchObject({ at: start, until: start + hour, epoch: 0, serving: 'test' });
    expect(step!.shares).toEqual([0.05, expect.closeTo(0.15, 12), expect.closeTo(0.8, 12)]);
  });

  it('give those held back a band of their own, of the units let in', () => {
    const [step] = riverSteps([epochOf({ coverage: 50 })], [], { ...bands, heldBack: 0.1 }, start + hour);
    expect(bandNames({ ...bands, heldBack: 0.1 })).toEqual(['control', 'treatment', 'held back', 'fallback']);
    // 50 % let in, of which 10 % are held back and the rest halved.
    expect(step!.shares.map((share) => Number(share.toFixed(12)))).toEqual([0.225, 0.225, 0.05, 0.5]);
  });

  it('all go to the fallback while the experiment is paused, and come back', () => {
    const changes: ServingChange[] = [
      { at: start, serving: 'test', variant: null },
      { at: start + 2 * hour, serving: 'paused', variant: null },
      { at: start + 3 * hour, serving: 'test', variant: null },
    ];
    const steps = riverSteps([epochOf()], changes, bands, start + 5 * hour);
    expect(steps.map(({ shares }) => shares)).toEqual([
      [0.5, 0.5, 0],
      [0, 0, 1],
      [0.5, 0.5, 0],
    ]);
    expect(steps.map(({ until }) => (until - start) / hour)).toEqual([2, 3, 5]);
  });

  it('all go to the variant that was decided on', () => {
    const changes: ServingChange[] = [{ at: start + hour, serving: 'decided', variant: 'treatment' }];
    const steps = riverSteps([epochOf({ coverage: 50 })], changes, bands, start + 2 * hour);
    expect(steps.at(-1)!.shares).toEqual([0, 1, 0]);
  });

  it('name the epoch in force, also where something else changed within it', () => {
    const epochs = [epochOf(), epochOf({ number: 2, startedAt: at(4) })];
    const changes: ServingChange[] = [{ at: start + 6 * hour, serving: 'killed', variant: null }];
    expect(riverSteps(epochs, changes, bands, start + 9 * hour).map(({ epoch }) => epoch)).toEqual([0, 1, 1]);
  });

  it('sum to 1 and follow one another without a gap, whatever happened', () => {
    const serving = fc.constantFrom('test', 'paused', 'killed', 'closed', 'decided', 'archived');
    const epoch = fc.record({
      after: fc.integer({ min: 0, max: 500 }),
      coverage: fc.integer({ min: 0, max: 100 }),
      control: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(epoch, { minLength: 1, maxLength: 40 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), serving), { maxLength: 20 }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        (drawn, moved, heldBack) => {
          const epochs = drawn
            .sort((one, other) => one.after - other.after)
            .map(({ after, coverage, control }) =>
              epochOf({ startedAt: at(after), coverage, weights: { control, treatment: 1 - control } }),
            );
          const changes = moved
            .sort(([one], [other]) => one - other)
            .map(
              ([after, state]) => ({ at: start + after * hour, serving: state, variant: 'control' }) as const,
            );
          const steps = riverSteps(epochs, changes, { ...bands, heldBack }, start + 501 * hour);
          for (const { shares } of steps)
            expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
          for (const [place, { until }] of steps.entries())
            expect(until).toBe(steps[place + 1]?.at ?? start + 501 * hour);
        },
      ),
    );
  });

  it('are none before the first epoch', () => {
    expect(riverSteps([], [], bands, start)).toEqual([]);
  });
});

describe('who is held back', () => {
  it('is held back by the experiment or by the programme, and counted once', () => {
    expect(heldBackShare(10, null)).toBeCloseTo(0.1, 12);
    // 1 − 0.9 × 0.95
    expect(heldBackShare(10, 5)).toBeCloseTo(0.145, 12);
  });
});

describe('the place of an instant', () => {
  it('is that of the last that is not later, as a plain search finds it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 30 }),
        fc.integer({ min: -5, max: 105 }),
        (drawn, instant) => {
          const instants = drawn.sort((one, other) => one - other);
          const expected =
            instants.length === 0
              ? -1
              : Math.max(
                  0,
                  instants.findLastIndex((each) => each <= instant),
                );
          expect(placeAt(instants, instant)).toBe(expected);
        },
      ),
    );
  });
});
