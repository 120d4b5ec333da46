import fc from 'fast-check';
import type { Status } from '../../src/experiments/experiment.js';
import {
  claimSlots,
  countSlots,
  freeSlots,
  holdersOf,
  holdsSlots,
  slotsWanted,
} from '../../src/experiments/layer-slots.js';
import type { HeldSlots } from '../../src/experiments/layer-slots.js';

/** Experiments that come and go, in any order, each asking for some slots. */
const history = fc.array(
  fc.record({ leaves: fc.nat({ max: 9 }), wanted: fc.integer({ min: 1, max: 6_000 }) }),
  { maxLength: 30 },
);

describe('claims in a layer', () => {
  it('never overlap, are as large as asked, and fail exactly when too little is free', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let held: HeldSlots[] = [];
        steps.forEach(({ leaves, wanted }, number) => {
          held = held.filter((_, index) => index !== leaves);
          const free = 10_000 - held.reduce((sum, { slots }) => sum + countSlots(slots), 0);
          expect(countSlots(freeSlots(held))).toBe(free);
          const slots = claimSlots(held, wanted);
          expect(slots === null).toBe(wanted > free);
          if (!slots) return;
          expect(countSlots(slots)).toBe(wanted);
          expect(holdersOf(slots, held)).toEqual([]);
          held.push({ experiment: `e${number}`, slots });
        });
        const owners = new Uint8Array(10_000);
        for (const [from, to] of held.flatMap(({ slots }) => slots)) {
          for (let slot = from; slot < to; slot++) owners[slot]! += 1;
        }
        expect(Math.max(...owners)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('take the lowest slots, around what others hold', () => {
    const held = [
      {
        experiment: 'a',
        slots: [
          [0, 10],
          [20, 30],
        ] as const,
      },
    ];
    expect(claimSlots(held, 15)).toEqual([
      [10, 20],
      [30, 35],
    ]);
    expect(holdersOf([[29, 31]], held)).toEqual(['a']);
    expect(holdersOf([[30, 31]], held)).toEqual([]);
  });

  it('are one slot at least', () => {
    expect([0.001, 0.01, 33.333, 100].map(slotsWanted)).toEqual([1, 1, 3_333, 10_000]);
  });

  it('are held from the schedule to the archive, and after a conclusion for those held back alone', () => {
    const holding = (status: Status, holdback = 0, decidedVariant: string | null = null) =>
      holdsSlots({ status, holdback, decidedVariant });
    for (const status of ['scheduled', 'running', 'paused', 'rolling-out', 'killed'] as const) {
      expect(holding(status)).toBe(true);
    }
    for (const status of ['draft', 'imported', 'archived'] as const) expect(holding(status, 10)).toBe(false);
    for (const status of ['concluded', 'killed', 'paused'] as const)
      expect([holding(status, 0, 'a'), holding(status, 5, 'a')]).toEqual([false, true]);
    expect(holding('archived', 5, 'a')).toBe(false);
  });
});
