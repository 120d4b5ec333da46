import fc from 'fast-check';
import {
  betaLowerTail,
  betaQuantile,
  chiSquareUpperQuantile,
  chiSquareUpperTail,
  logGamma,
  logNormalUpperTail,
  normalDensity,
  normalQuantile,
  normalUpperTail,
  studentDensity,
  studentUpperQuantile,
  studentUpperTail,
} from '../../src/statistics/distributions.js';
import { integrate } from '../../src/statistics/gauss-legendre.js';

const probability = fc.double({ min: 1e-12, max: 0.999, noNaN: true });
const freedom = fc.double({ min: 1, max: 5000, noNaN: true });

describe('distributions', () => {
  it('invert their own tails', () => {
    fc.assert(
      fc.property(probability, freedom, (p, df) => {
        expect(studentUpperTail(studentUpperQuantile(p, df), df) / p).toBeCloseTo(1, 9);
        expect(chiSquareUpperTail(chiSquareUpperQuantile(p, df), df) / p).toBeCloseTo(1, 8);
        expect(normalUpperTail(-normalQuantile(p)) / p).toBeCloseTo(1, 9);
        expect(betaLowerTail(betaQuantile(p, df, 3), df, 3) / p).toBeCloseTo(1, 8);
      }),
      { numRuns: 200 },
    );
  });

  it('have densities that are the slope of their tails', () => {
    // 1 − 2 P(· > 1.5), by integrating the density from −1.5 to 1.5.
    expect(integrate(normalDensity, -1.5, 1.5, 4)).toBeCloseTo(1 - 2 * normalUpperTail(1.5), 13);
    expect(integrate((x) => studentDensity(x, 4), -1.5, 1.5, 4)).toBeCloseTo(
      1 - 2 * studentUpperTail(1.5, 4),
      12,
    );
  });

  it('meet the normal distribution at infinite degrees of freedom', () => {
    expect(studentUpperTail(1.96, Infinity)).toBe(normalUpperTail(1.96));
    expect(studentUpperQuantile(0.025, Infinity)).toBeCloseTo(1.959963984540054, 14);
  });

  it('give certainty where chi-square has nothing below', () => {
    expect(chiSquareUpperTail(0, 3)).toBe(1);
    expect(chiSquareUpperTail(-1, 3)).toBe(1);
  });

  it('know the logarithm of a tail too small for a double', () => {
    // scipy 1.17 norm.logsf(60) and norm.logsf(10)
    expect(logNormalUpperTail(60)).toBeCloseTo(-1805.0135606805675, 9);
    expect(logNormalUpperTail(10)).toBeCloseTo(-53.23128515051248, 12);
    // ln 4!
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 14);
  });
});
