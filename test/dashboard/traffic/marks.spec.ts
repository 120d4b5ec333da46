import fc from 'fast-check';
import { markKindOf, thinMarks, type MarkKind } from '../../../src/dashboard/web/experiment/traffic/marks.js';

const kind = fc.constantFrom<MarkKind>('person', 'bandit', 'plan', 'model', 'guardrail');
const changes = fc
  .array(fc.record({ x: fc.double({ min: 0, max: 800, noNaN: true }), kind }), { maxLength: 300 })
  .map((drawn) => drawn.sort((one, other) => one.x - other.x));

describe('the marks of a river', () => {
  it('lose no change: their counts add up, and each stands for those that follow its first', () => {
    fc.assert(
      fc.property(changes, (drawn) => {
        const marks = thinMarks(drawn, 20);
        expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(drawn.length);
        for (const [place, mark] of marks.entries())
          expect(mark.first + mark.count).toBe(marks[place + 1]?.first ?? drawn.length);
      }),
    );
  });

  it('keep their distance', () => {
    fc.assert(
      fc.property(changes, (drawn) => {
        const marks = thinMarks(drawn, 20);
        for (const [place, { x }] of marks.entries())
          if (place > 0) expect(x - marks[place - 1]!.x).toBeGreaterThanOrEqual(20);
      }),
    );
  });

  it('never hide a guardrail behind a bandit', () => {
    const marks = thinMarks(
      [
        { x: 10, kind: 'bandit' },
        { x: 12, kind: 'guardrail' },
        { x: 14, kind: 'bandit' },
      ],
      20,
    );
    expect(marks).toEqual([{ x: 10, kind: 'guardrail', first: 0, count: 3 }]);
  });

  it('tell apart who moved the traffic', () => {
    expect(markKindOf('abort')).toBe('guardrail');
    expect(markKindOf('ramp')).toBe('plan');
    expect(markKindOf('weights')).toBe('person');
    expect(markKindOf('model-change')).toBe('model');
  });
});
