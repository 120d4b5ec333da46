import type { VariantEstimate } from '../../src/statistics/estimate.js';
import { nonInferiority, sequentialNonInferiority } from '../../src/statistics/non-inferiority.js';

const estimate = (value: number, variance = 0.0001): VariantEstimate => ({
  status: 'ok',
  value,
  variance,
  units: 500,
});
const tolerance = { margin: 0.1, direction: 'increase', alpha: 0.05 } as const;

describe('nonInferiority', () => {
  it.each([
    [1, 'non-inferior'],
    [0.95, 'non-inferior'],
    [0.9, 'undecided'],
    [0.8, 'inferior'],
  ])('calls a treatment at %d beside a control at 1 with margin 0.1 %s', (value, conclusion) => {
    expect(nonInferiority(estimate(1), estimate(value), tolerance)).toMatchObject({ conclusion });
  });

  it('turns around where less is better', () => {
    const falling = { ...tolerance, direction: 'decrease' } as const;
    expect(nonInferiority(estimate(1), estimate(1.2), falling)).toMatchObject({ conclusion: 'inferior' });
    expect(nonInferiority(estimate(1), estimate(0.8), falling)).toMatchObject({ conclusion: 'non-inferior' });
  });

  it('passes on why there is no figure, and refuses a margin of 0', () => {
    const nothing: VariantEstimate = { status: 'insufficient', reason: 'No events.' };
    expect(nonInferiority(estimate(1), nothing, tolerance)).toMatchObject({ status: 'insufficient' });
    expect(nonInferiority(estimate(1, 0), estimate(1, 0), tolerance)).toMatchObject({
      status: 'no-variance',
    });
    expect(() => nonInferiority(estimate(1), estimate(1), { ...tolerance, margin: 0 })).toThrow(
      /margin was 0/,
    );
  });
});

describe('sequentialNonInferiority', () => {
  const look = { estimate: -0.05, standardError: 0.01, informationFraction: 1 };

  it('needs more data than a single look for the same conclusion', () => {
    const once = nonInferiority(estimate(1, 0.00005), estimate(0.95, 0.00005), tolerance);
    const always = sequentialNonInferiority(look, tolerance);
    if (once.status !== 'ok' || always.status !== 'ok') throw new Error('no result');
    expect(always.conclusion).toBe('non-inferior');
    expect(always.lowerBound).toBeLessThan(once.lowerBound);
  });

  it('alarms on harm in either direction of the metric', () => {
    const rise = { ...look, estimate: 0.3 };
    expect(sequentialNonInferiority(rise, { ...tolerance, direction: 'decrease' })).toMatchObject({
      conclusion: 'inferior',
    });
    expect(sequentialNonInferiority(rise, tolerance)).toMatchObject({ conclusion: 'non-inferior' });
    expect(sequentialNonInferiority({ ...look, standardError: 0 }, tolerance)).toMatchObject({
      status: 'insufficient',
    });
  });
});
