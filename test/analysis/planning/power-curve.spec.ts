import { powerCurves } from '../../../src/analysis/planning/power-curve.js';
import { requiredUnits } from '../../../src/analysis/planning/required-units.js';
import { makePlan } from '../../../src/analysis/planning/plan.js';
import { powerOfMean } from '../../../src/statistics/power.js';
import { sequentialInflation } from '../../../src/analysis/planning/sequential-inflation.js';
import { baselineWith, sizingWith, sourcesWith } from './planning-fixtures.js';

const once = { sequential: 'none', looks: 14 } as const;

describe('power curves', () => {
  it('agree with the noncentral t test at every number of units', () => {
    const [curve] = powerCurves(sizingWith(), once, [0.1]);
    expect(curve?.points).toHaveLength(40);
    for (const { unitsPerVariant: units, power } of curve?.points ?? []) {
      const exact = powerOfMean({ effectSize: 0.1, control: units, treatment: units, alpha: 0.05 });
      // 50 units are the fewest here; the t test's critical value is 1.984 there instead of 1.960.
      expect(Math.abs(power - exact)).toBeLessThan(0.003);
    }
  });

  it.each(['none', 'planned', 'open'] as const)(
    'pass the planned power where the plan ends: %s',
    (sequential) => {
      const design = { sequential, looks: 14 };
      const inflation = sequentialInflation({ ...design, alpha: 0.05, power: 0.8 });
      const sizing = sizingWith({ inflation });
      const needed = requiredUnits(sizing, 0.1) / 2;
      const points = powerCurves(sizing, design, [0.1])[0]?.points ?? [];
      const before = points.filter(({ unitsPerVariant }) => unitsPerVariant < needed - 1).at(-1);
      const after = points.find(({ unitsPerVariant }) => unitsPerVariant >= needed);
      expect(before?.power).toBeLessThan(0.8);
      expect(after?.power).toBeGreaterThan(0.7999);
      expect(after?.power).toBeLessThan(0.82);
    },
  );

  it('rise with units and with the effect, over the same numbers of units', () => {
    const [small, large] = powerCurves(sizingWith({ shares: [0.6, 0.4] }), once, [0.1, 0.2]);
    expect(large?.points.map((point) => point.unitsPerVariant)).toEqual(
      small?.points.map((point) => point.unitsPerVariant),
    );
    small?.points.forEach(({ power }, place) => {
      expect(power).toBeLessThan(large?.points[place]?.power ?? 0);
      if (place > 0) expect(power).toBeGreaterThan(small.points[place - 1]?.power ?? 1);
    });
  });

  it('are part of a plan where effects are asked for, and of no other', () => {
    expect(makePlan(sourcesWith()).powerCurves).toEqual([]);
    const { powerCurves: curves } = makePlan(sourcesWith({}, { effects: [0.05, 0.1] }));
    expect(curves.map(({ effect }) => effect)).toEqual([0.05, 0.1]);
  });

  it('are refused for an effect that a share has no room for, by its place', () => {
    const share = baselineWith({ mean: 0.9, unitVariance: 0.09, isShare: true });
    const plan = () => makePlan(sourcesWith({}, { baseline: share, effect: 0.05, effects: [0.05, 0.2] }));
    expect(plan).toThrow('/effects/1 is 0.2, but a share of 0.9 can rise by 0.1 at most');
  });
});
