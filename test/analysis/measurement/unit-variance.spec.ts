import fc from 'fast-check';
import { unitVariance } from '../../../src/analysis/measurement/unit-variance.js';
import { inTotals, unitWith, unitsWith, variantWith } from '../metric-fixtures.js';

describe('variance within and between units', () => {
  it('comes from unit rows by analysis of variance', () => {
    // numpy: within 31/18, between negative and so 0
    const data = variantWith('a', [unitWith(3, 4), unitWith(5), unitWith(4, 2, 5)]);
    expect(unitVariance(data).within).toBeCloseTo(31 / 18, 12);
    expect(unitVariance(data).between).toBe(0);
  });

  it('is unknown where every unit has one event', () => {
    const data = variantWith('a', unitsWith([1, 2, 3]));
    expect(unitVariance(data)).toEqual({ within: null, between: null });
    expect(unitVariance(inTotals(data))).toEqual({ within: null, between: null });
    expect(unitVariance(inTotals(variantWith('a', [])))).toEqual({ within: null, between: null });
  });

  it('comes from totals much the same, the more units the nearer', () => {
    // Unit means and events around them both uniform on ±√3, so of variance 1, from a fixed sequence.
    let state = 42;
    const noise = () => {
      state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
      return (2 * (state / 4_294_967_296) - 1) * Math.sqrt(3);
    };
    const rows = Array.from({ length: 20_000 }, (_, unit) => {
      const centre = noise();
      return unitWith(...Array.from({ length: 1 + (unit % 4) }, () => centre + noise()));
    });
    const exact = unitVariance(variantWith('a', rows));
    const totals = unitVariance(inTotals(variantWith('a', rows)));
    // Both estimate 1 with a standard error of about 0.015; 0.05 is three of them.
    for (const variance of [exact.between, exact.within, totals.between, totals.within]) {
      expect(Math.abs((variance ?? NaN) - 1)).toBeLessThan(0.05);
    }
  });

  it('is never negative', () => {
    const unit = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(unit, { minLength: 2, maxLength: 30 }), (units) => {
        const { within, between } = unitVariance(
          inTotals(
            variantWith(
              'a',
              units.map((values) => unitWith(...values)),
            ),
          ),
        );
        expect(within ?? 0).toBeGreaterThanOrEqual(0);
        expect(between ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
