import {
  epochCounts,
  expectedShares,
  sampleRatioHealth,
} from '../../../src/analysis/health/sample-ratio-health.js';
import { experimentWith, firstEpoch, nextEpoch, variant } from '../../bucketing/experiment-fixtures.js';

const experiment = experimentWith();
const first = firstEpoch(experiment);
const second = nextEpoch(experiment, first, [10, 90]);

describe('the sample ratio', () => {
  it('is judged against the weights of each epoch, not of today', () => {
    const exposed = [
      { variant: 'control', epoch: 1, units: 5_000 },
      { variant: 'treatment', epoch: 1, units: 5_000 },
      { variant: 'control', epoch: 2, units: 1_000 },
      { variant: 'treatment', epoch: 2, units: 9_000 },
      { variant: '$holdback', epoch: 2, units: 777 },
    ];
    const counts = epochCounts(experiment, [first, second], exposed);
    expect(counts).toEqual([
      { epoch: 1, weights: [0.5, 0.5], units: [5_000, 5_000] },
      { epoch: 2, weights: [0.1, 0.9], units: [1_000, 9_000] },
    ]);
    expect(expectedShares(counts, [0.1, 0.9])).toEqual([0.3, 0.7]);
    expect(sampleRatioHealth(counts, 'live')).toMatchObject({ mismatch: false });
  });

  it('is a mismatch of an imported experiment below p = 0.001, and not above', () => {
    // scipy.stats.chisquare([1000, 1200]) gives p = 2.0e-5, of [5023, 4811] p = 0.0325
    const judged = (units: number[]) => sampleRatioHealth([{ weights: [1, 1], units }], 'imported');
    expect(judged([1_000, 1_200]).pValue).toBeCloseTo(2.007865612426481e-5, 12);
    expect(judged([1_000, 1_200]).mismatch).toBe(true);
    expect(judged([5_023, 4_811]).pValue).toBeCloseTo(0.03253150571354846, 10);
    expect(judged([5_023, 4_811]).mismatch).toBe(false);
  });

  it('is a mismatch of a live experiment only at e-value 1,000, however small p', () => {
    const judged = (units: number[]) => sampleRatioHealth([{ weights: [1, 1], units }], 'live');
    const suspicious = judged([1_000, 1_160]);
    expect(suspicious.pValue).toBeLessThan(0.001);
    expect(suspicious.eValue).toBeLessThan(1_000);
    expect(suspicious.mismatch).toBe(false);
    expect(judged([1_000, 1_300]).mismatch).toBe(true);
  });

  it('stays a mismatch when later units hide what was lost', () => {
    const exposed = [
      { variant: 'control', epoch: 1, bin: 1, units: 1_300 },
      { variant: 'treatment', epoch: 1, bin: 1, units: 1_000 },
      { variant: 'control', epoch: 1, bin: 2, units: 20_000 },
      { variant: 'treatment', epoch: 1, bin: 2, units: 20_000 },
    ];
    const found = sampleRatioHealth(epochCounts(experiment, [first], exposed), 'live');
    const afterTheFirst = sampleRatioHealth(epochCounts(experiment, [first], exposed.slice(0, 2)), 'live');
    expect(found.eValue).toBeLessThan(1_000);
    expect(found.greatestEValue).toBe(afterTheFirst.eValue);
    expect(found.mismatch).toBe(true);
  });

  it('takes units in the order of their bins, and of epochs within one', () => {
    const row = (variant: string, epoch: number, bin: number) => ({
      variant,
      epoch,
      bin,
      units: epoch + bin,
    });
    const rows = [
      row('control', 2, 20),
      row('treatment', 1, 20),
      row('control', 1, 20),
      row('control', 1, 10),
    ];
    expect(epochCounts(experiment, [first, second], rows)).toEqual([
      { epoch: 1, weights: [0.5, 0.5], units: [11, 0] },
      { epoch: 1, weights: [0.5, 0.5], units: [21, 21] },
      { epoch: 2, weights: [0.1, 0.9], units: [22, 0] },
    ]);
  });

  it('stays a number beyond what a double can hold', () => {
    const { eValue, pValue } = sampleRatioHealth([{ weights: [1, 1], units: [0, 1e6] }], 'live');
    expect([eValue, pValue].every(Number.isFinite)).toBe(true);
  });

  it('is a mismatch as soon as a variant of weight 0 has units', () => {
    expect(sampleRatioHealth([{ weights: [1, 0], units: [10, 1] }], 'live').mismatch).toBe(true);
  });

  it('takes a variant of weight 0 without units for what it is', () => {
    const three = experimentWith({ variants: [variant('control'), variant('treatment'), variant('off', 0)] });
    const exposed = ['control', 'treatment'].map((key) => ({ variant: key, epoch: 1, units: 500 }));
    const counts = epochCounts(three, [firstEpoch(three)], exposed);
    expect(sampleRatioHealth(counts, 'imported')).toMatchObject({ pValue: 1, mismatch: false });
    expect(expectedShares(counts, [50, 50, 0])).toEqual([0.5, 0.5, 0]);
  });

  it('has nothing to say before the first unit', () => {
    expect(sampleRatioHealth([], 'live')).toEqual({
      pValue: null,
      eValue: null,
      greatestEValue: null,
      mismatch: false,
    });
    expect(expectedShares([], [3, 1])).toEqual([0.75, 0.25]);
  });

  it('falls back on the weights of the experiment for an epoch that is not on record', () => {
    const exposed = [{ variant: 'control', epoch: 9, units: 3 }];
    expect(epochCounts(experiment, [first], exposed)).toEqual([
      { epoch: 9, weights: [50, 50], units: [3, 0] },
    ]);
  });
});
