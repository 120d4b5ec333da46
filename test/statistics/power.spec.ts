import fc from 'fast-check';
import { arcsineEffect, unitsForArcsineEffect } from '../../src/statistics/arcsine-effect.js';
import { clusteredUnits, designEffect } from '../../src/statistics/clustered-power.js';
import { additionalData, additionalDataForSequence } from '../../src/statistics/mid-run-power.js';
import {
  powerOfEstimate,
  powerOfMean,
  unitsForMean,
  unitsForProportion,
} from '../../src/statistics/power.js';

const plan = { alpha: 0.05, power: 0.8 };

describe('unitsForMean', () => {
  it('gives the number at which the power is what was asked for', () => {
    const effect = fc.double({ min: 0.05, max: 3, noNaN: true });
    const power = fc.double({ min: 0.2, max: 0.99, noNaN: true });
    const ratio = fc.double({ min: 0.2, max: 5, noNaN: true });
    fc.assert(
      fc.property(effect, power, ratio, (effectSize, wanted, share) => {
        const { control, treatment } = unitsForMean({
          effect: effectSize,
          standardDeviation: 1,
          alpha: 0.05,
          power: wanted,
          ratio: share,
        });
        const reached = powerOfMean({ effectSize, control, treatment, alpha: 0.05 });
        if (control > Math.max(1, 1 / share) + 1e-5) expect(reached).toBeCloseTo(wanted, 8);
        else expect(reached).toBeGreaterThanOrEqual(wanted);
      }),
      { numRuns: 30 },
    );
  });

  it('stays near the normal approximation when many units are needed', () => {
    // 2 (1.959964 + 0.841621)² / 0.01² = 156 978, plus z²/4 for the t quantile.
    expect(unitsForMean({ ...plan, effect: 0.01, standardDeviation: 1 }).control).toBeCloseTo(156_979, -1);
  });

  it.each([
    [{ effect: 0, standardDeviation: 1 }, /effect was 0/],
    [{ effect: 1, standardDeviation: -1 }, /standardDeviation was -1/],
    [{ effect: NaN, standardDeviation: 1 }, /effect was NaN/],
    [{ effect: 1, standardDeviation: 1, power: 1 }, /power was 1/],
  ])('refuses %j', (given, message) => {
    expect(() => unitsForMean({ ...plan, ...given })).toThrow(message);
  });
});

describe('unitsForProportion', () => {
  it('needs as many for a fall as for a rise', () => {
    const rise = unitsForProportion({ ...plan, from: 0.1, to: 0.13 });
    const fall = unitsForProportion({ ...plan, from: 0.13, to: 0.1 });
    expect(rise.control).toBeCloseTo(fall.control, 8);
  });

  it('refuses equal proportions and a proportion of 0', () => {
    expect(() => unitsForProportion({ ...plan, from: 0.1, to: 0.1 })).toThrow(
      /distance between from and to was 0/,
    );
    expect(() => unitsForProportion({ ...plan, from: 0, to: 0.1 })).toThrow(/from was 0/);
  });
});

describe('powerOfEstimate', () => {
  it('is alpha without an effect and 80 % at 2.8 standard errors', () => {
    expect(powerOfEstimate({ effect: 0, standardError: 1, alpha: 0.05 })).toBeCloseTo(0.05, 12);
    expect(powerOfEstimate({ effect: 2.801585, standardError: 1, alpha: 0.05 })).toBeCloseTo(0.8, 5);
  });
});

describe('arcsine scale', () => {
  it('is odd in its two proportions and refuses no distance', () => {
    expect(arcsineEffect(0.2, 0.5)).toBe(-arcsineEffect(0.5, 0.2));
    expect(() => unitsForArcsineEffect({ ...plan, from: 0.3, to: 0.3 })).toThrow(/distance/);
  });
});

describe('clusteredUnits', () => {
  it('needs the events of one unit only once when all events of a unit are the same', () => {
    expect(designEffect({ eventsPerUnit: 10, intraclassCorrelation: 1 })).toBe(10);
    const once = clusteredUnits({
      ...plan,
      effect: 1,
      standardDeviation: 1,
      eventsPerUnit: 1,
      intraclassCorrelation: 1,
    });
    const many = clusteredUnits({
      ...plan,
      effect: 1,
      standardDeviation: 1,
      eventsPerUnit: 9,
      intraclassCorrelation: 1,
    });
    expect(many.units).toBeCloseTo(once.units, 10);
  });

  it('refuses an experiment of one variant', () => {
    const given = {
      ...plan,
      effect: 1,
      standardDeviation: 1,
      eventsPerUnit: 1,
      intraclassCorrelation: 0,
      variants: 1,
    };
    expect(() => clusteredUnits(given)).toThrow(/variants − 1 was 0/);
  });
});

describe('additionalData', () => {
  it('is 0 when the standard error is what the plan wanted', () => {
    expect(additionalData({ effect: 2.801585218, standardError: 1, ...plan })).toBeCloseTo(0, 8);
  });

  it('is more for a sequence than for one look', () => {
    const run = { effect: 1, standardError: 1, ...plan };
    expect(additionalDataForSequence(run, 0.1)).toBeGreaterThan(additionalData(run));
    // A sequence tuned to the planned information costs about 1.92 times the data of one look (8.85 → 14.1 units of it).
    expect(additionalDataForSequence(run, 1 / 7.849) + 1).toBeCloseTo(1.92 * 7.849, 0);
  });
});
