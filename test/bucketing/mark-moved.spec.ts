import fc from 'fast-check';
import { allocateSlots } from '../../src/bucketing/allocate-slots.js';
import { hasMoved, markMoved, noneMoved } from '../../src/bucketing/mark-moved.js';
import { moveSlots } from '../../src/bucketing/move-slots.js';

const share = fc.integer({ min: 0, max: 100 }).map((first) => [first, 100 - first]);

describe('markMoved', () => {
  it('marks exactly the slots that changed hands in any step', () => {
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 6 }), (steps) => {
        let slots = allocateSlots([50, 50]);
        let marked = noneMoved();
        const expected = new Set<number>();
        for (const weights of steps) {
          const next = moveSlots(slots, weights).slots;
          next.forEach((owner, slot) => {
            if (owner !== slots[slot]) expected.add(slot);
          });
          marked = markMoved(marked, slots, next);
          slots = next;
        }
        const found = [...slots.keys()].filter((slot) => hasMoved(marked, slot));
        expect(new Set(found)).toEqual(expected);
      }),
    );
  });

  it('keeps a slot marked that came back to its first owner', () => {
    const [first, second] = [allocateSlots([1, 0]), allocateSlots([0, 1])];
    const there = markMoved(noneMoved(), first, second);
    expect(hasMoved(markMoved(there, second, first), 9_999)).toBe(true);
  });

  it('leaves the given bitmap of 1,250 bytes as it is', () => {
    const bitmap = noneMoved();
    markMoved(bitmap, allocateSlots([1, 0]), allocateSlots([0, 1]));
    expect(bitmap).toEqual(new Uint8Array(1250));
  });
});
