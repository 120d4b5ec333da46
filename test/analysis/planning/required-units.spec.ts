import fc from 'fast-check';
import {
  largestEffect,
  minimumDetectableEffect,
  requiredUnits,
} from '../../../src/analysis/planning/required-units.js';
import { givenBaseline } from '../../../src/analysis/planning/baseline.js';
import { clusteredUnits } from '../../../src/statistics/clustered-power.js';
import { unitsForMean } from '../../../src/statistics/power.js';
import { referenceCases } from '../../statistics/reference-cases.js';
import { baselineWith, sizingWith } from './planning-fixtures.js';

const cases = referenceCases('power');
const effects = fc.double({ min: 0.01, max: 2, noNaN: true });
const powers = fc.double({ min: 0.5, max: 0.99, noNaN: true });
const levels = fc.double({ min: 0.001, max: 0.2, noNaN: true });
const inflations = fc.double({ min: 1, max: 3, noNaN: true });

describe('the units needed', () => {
  it.each(cases.filter(({ kind }) => kind === 'power_t_equal_n'))(
    'agree with power.t.test for two variants and one look ($id)',
    ({ inputs, expected, tolerance }) => {
      const { delta, sd, alpha, power } = inputs as Record<'delta' | 'sd' | 'alpha' | 'power', number>;
      const sizing = sizingWith({ baseline: baselineWith({ unitVariance: sd ** 2 }), alpha, power });
      const published = expected['n_per_arm'] as number;
      const allowed = published * (tolerance as { rel: number }).rel;
      expect(Math.abs(requiredUnits(sizing, delta) / 2 - published)).toBeLessThan(allowed);
    },
  );

  it.each(cases.filter(({ kind }) => kind === 'power_prop'))(
    'come within 1 in 500 of power.prop.test for a share ($id)',
    ({ inputs, expected }) => {
      const given = inputs as Record<'p_a' | 'p_b' | 'alpha' | 'power', number>;
      const baseline = givenBaseline({ mean: given.p_a }, null);
      const sizing = sizingWith({ baseline, alpha: given.alpha, power: given.power });
      const perVariant = requiredUnits(sizing, given.p_b - given.p_a) / 2;
      expect(perVariant / (expected['n_per_arm_normal'] as number)).toBeCloseTo(1, 2);
      expect(Math.abs(perVariant / (expected['n_per_arm_normal'] as number) - 1)).toBeLessThan(0.002);
    },
  );

  it('agree with the formula per unit where units have several events', () => {
    // clusteredUnits has published cases of its own; the t quantile adds z² / 4 = 0.96 units per variant.
    const clusters = { standardDeviation: 2.5, eventsPerUnit: 10, intraclassCorrelation: 0.3 };
    const sizing = sizingWith({ baseline: givenBaseline({ mean: 4, ...clusters }, null) });
    const { units } = clusteredUnits({ ...clusters, effect: 0.2, alpha: 0.05, power: 0.8 });
    expect(units).toBeCloseTo(907.53, 2);
    expect(requiredUnits(sizing, 0.2) / 2 - units).toBeCloseTo(0.96, 1);
  });

  it('follow the smallest treatment when weights differ', () => {
    const { control } = unitsForMean({
      effect: 0.1,
      standardDeviation: 1,
      alpha: 0.05,
      power: 0.8,
      ratio: 1 / 8,
    });
    expect(requiredUnits(sizingWith({ shares: [0.8, 0.1, 0.1] }), 0.1)).toBeCloseTo(control / 0.8, 6);
  });

  it('shrink with a covariate as the variance does', () => {
    const plain = requiredUnits(sizingWith({ baseline: baselineWith({ unitVariance: 0.51 }) }), 0.1);
    expect(requiredUnits(sizingWith({ covariateCorrelation: 0.7 }), 0.1)).toBeCloseTo(plain, 6);
  });

  it('are never fewer for more power, a smaller alpha, a smaller effect or events more alike', () => {
    const alike = fc.double({ min: 0, max: 1, noNaN: true });
    const pair = <T>(arbitrary: fc.Arbitrary<T>) => fc.tuple(arbitrary, arbitrary);
    fc.assert(
      fc.property(
        pair(powers),
        pair(levels),
        pair(effects),
        pair(alike),
        inflations,
        (power, alpha, effect, icc, inflation) => {
          const needed = (
            pick: (...values: number[]) => number,
            opposite: (...values: number[]) => number,
          ) => {
            const clusters = { eventsPerUnit: 5, intraclassCorrelation: pick(...icc), standardDeviation: 1 };
            const baseline = givenBaseline({ mean: 4, ...clusters }, null);
            const sizing = sizingWith({
              baseline,
              power: pick(...power),
              alpha: opposite(...alpha),
              inflation,
            });
            return requiredUnits(sizing, opposite(...effect));
          };
          expect(needed(Math.max, Math.min)).toBeGreaterThanOrEqual(needed(Math.min, Math.max) * (1 - 1e-6));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the minimum detectable effect', () => {
  it('is the effect that so many units are needed for', () => {
    const shares = fc.constantFrom([0.5, 0.5], [0.25, 0.75], [0.6, 0.3, 0.1]);
    fc.assert(
      fc.property(effects, powers, levels, inflations, shares, (effect, power, alpha, inflation, split) => {
        const sizing = sizingWith({ power, alpha, inflation, shares: split });
        const units = requiredUnits(sizing, effect);
        fc.pre(units * Math.min(...split) > 4 * inflation);
        expect((minimumDetectableEffect(sizing, units) ?? 0) / effect).toBeCloseTo(1, 6);
      }),
      { numRuns: 60 },
    );
  });

  it('is the effect for a share too, whichever way it is hoped to move', () => {
    for (const direction of ['increase', 'decrease'] as const) {
      const sizing = sizingWith({ baseline: givenBaseline({ mean: 0.2 }, null), direction });
      expect(minimumDetectableEffect(sizing, requiredUnits(sizing, 0.03))).toBeCloseTo(0.03, 8);
    }
  });

  it('does not exist for fewer than two units in a variant', () => {
    expect(minimumDetectableEffect(sizingWith(), 0)).toBeNull();
    expect(minimumDetectableEffect(sizingWith(), 3)).toBeNull();
    expect(minimumDetectableEffect(sizingWith({ shares: [0.9, 0.1] }), 15)).toBeNull();
  });

  it('does not exist where a share has no room for it', () => {
    const nearlyAll = sizingWith({ baseline: givenBaseline({ mean: 0.99 }, null) });
    expect(largestEffect(nearlyAll)).toBeCloseTo(0.01, 12);
    expect(minimumDetectableEffect(nearlyAll, 200)).toBeNull();
    expect(minimumDetectableEffect({ ...nearlyAll, direction: 'decrease' }, 200)).toBeGreaterThan(0.01);
  });
});
