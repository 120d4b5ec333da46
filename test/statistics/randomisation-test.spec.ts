import { addUnit, noAssignments } from '../../src/statistics/randomisation-test.js';

function eValueOf(
  variants: readonly number[],
  outcomes: readonly boolean[],
  propensities: readonly number[],
): number {
  const state = variants.reduce(
    (before, variant, unit) => addUnit(before, { variant, success: outcomes[unit] ?? false, propensities }),
    noAssignments(propensities.length),
  );
  return Math.exp(state.logEValue);
}

describe('addUnit', () => {
  it.each([
    [
      [true, true, false, true, false, true],
      [0.5, 0.5],
    ],
    [
      [true, true, true, false, false, false],
      [0.3, 0.7],
    ],
    [
      [false, true, false, true, true, true],
      [0.2, 0.3, 0.5],
    ],
  ])(
    'is an e-value: over all assignments its mean is 1, whatever the outcomes do (%#)',
    (outcomes, propensities) => {
      let mean = 0;
      const walk = (variants: readonly number[], chance: number): void => {
        if (variants.length === outcomes.length) mean += chance * eValueOf(variants, outcomes, propensities);
        else propensities.forEach((propensity, variant) => walk([...variants, variant], chance * propensity));
      };
      walk([], 1);
      expect(mean).toBeCloseTo(1, 12);
    },
  );

  it('grows when the outcome follows the variant', () => {
    const variants = Array.from({ length: 60 }, (_, unit) => unit % 2);
    const outcomes = variants.map((variant) => variant === 1);
    expect(eValueOf(variants, outcomes, [0.5, 0.5])).toBeGreaterThan(1e6);
  });

  it.each([[[1, 0]], [[0.5]], [[0.5, NaN]]])(
    'refuses the propensities %j for a unit of variant 1',
    (propensities) => {
      const unit = { variant: 1, success: true, propensities };
      expect(() => addUnit(noAssignments(2), unit)).toThrow(/propensity of the unit's own variant/);
    },
  );
});
