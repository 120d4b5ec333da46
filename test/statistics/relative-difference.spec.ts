import fc from 'fast-check';
import type { VariantEstimate } from '../../src/statistics/estimate.js';
import {
  fiellerInterval,
  logInterval,
  relativeDifference,
} from '../../src/statistics/relative-difference.js';

const estimate = (value: number, variance: number, units = 100): VariantEstimate => ({
  status: 'ok',
  value,
  variance,
  units,
});

describe('relativeDifference', () => {
  it('works on the log scale when both figures are positive, by Fieller otherwise', () => {
    expect(relativeDifference(estimate(2, 0.01), estimate(3, 0.01), 0.05)).toMatchObject({ method: 'log' });
    expect(relativeDifference(estimate(-2, 0.01), estimate(3, 0.01), 0.05)).toMatchObject({
      method: 'fieller',
    });
    expect(relativeDifference(estimate(2, 0.01), estimate(0, 0.01), 0.05)).toMatchObject({
      method: 'fieller',
    });
  });

  it('calls a rise from a negative control a gain', () => {
    const result = relativeDifference(estimate(-2, 0.001), estimate(-1, 0.001), 0.05);
    expect(result).toMatchObject({ status: 'ok', difference: 0.5 });
    const mirrored = fiellerInterval(estimate(2, 0.001), estimate(1, 0.001), 0.05);
    if (result.status !== 'ok' || mirrored.status !== 'ok') throw new Error('no interval');
    expect(result.interval).toEqual([-mirrored.interval[1], -mirrored.interval[0]]);
  });

  it('has no bounds when the control cannot be told from 0', () => {
    expect(fiellerInterval(estimate(0.1, 1), estimate(3, 1), 0.05)).toMatchObject({ status: 'unbounded' });
  });

  it('has no share of a control of 0', () => {
    expect(relativeDifference(estimate(0, 0.1), estimate(1, 0.1), 0.05)).toMatchObject({
      status: 'insufficient',
    });
    expect(logInterval(estimate(0, 0.1), estimate(1, 0.1), 0.05)).toMatchObject({ status: 'insufficient' });
  });

  it('passes on why a variant has no figure', () => {
    const nothing: VariantEstimate = {
      status: 'insufficient',
      reason: 'Too few units count, 0 of the 2 needed.',
    };
    expect(relativeDifference(nothing, estimate(1, 1), 0.05)).toEqual({
      status: 'insufficient',
      reason: 'Control: Too few units count, 0 of the 2 needed.',
    });
  });

  it('contains the estimate, and is wider when asked to be surer', () => {
    const positive = fc.double({ min: 0.1, max: 100, noNaN: true });
    const share = fc.double({ min: 0.001, max: 0.1, noNaN: true });
    fc.assert(
      fc.property(positive, positive, share, share, (a, b, va, vb) => {
        const sure = relativeDifference(estimate(a, va), estimate(b, vb), 0.01);
        const bold = relativeDifference(estimate(a, va), estimate(b, vb), 0.1);
        if (sure.status !== 'ok' || bold.status !== 'ok') throw new Error('no interval');
        expect(sure.interval[0]).toBeLessThan(bold.interval[0]);
        expect(bold.interval[0]).toBeLessThanOrEqual(bold.difference);
        expect(sure.interval[1]).toBeGreaterThan(bold.interval[1]);
        expect(sure.interval[0]).toBeGreaterThanOrEqual(-1);
      }),
    );
  });
});
