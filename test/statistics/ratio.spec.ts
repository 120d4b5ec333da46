import fc from 'fast-check';
import { collectMoments } from '../../src/statistics/collect-moments.js';
import { compareRatios, jackknifeRatio, ratioOfSums } from '../../src/statistics/ratio.js';
import { unitMean } from '../../src/statistics/welch.js';
import { rowOf, unitsOf } from './unit-rows.js';

const unit = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 6 });

describe('ratioOfSums', () => {
  it('is the mean of the units when each has one event', () => {
    const rows = unitsOf([3, 5, 4, 1]);
    const mean = unitMean(collectMoments(rows));
    const ratio = ratioOfSums(collectMoments(rows));
    if (mean.status !== 'ok' || ratio.status !== 'ok') throw new Error('no estimate');
    expect(ratio.value).toBe(mean.value);
    expect(ratio.variance).toBeCloseTo(mean.variance, 14);
  });

  it('says that there is nothing to divide by without events', () => {
    expect(ratioOfSums(collectMoments([rowOf([]), rowOf([])]))).toEqual({
      status: 'insufficient',
      reason: 'No events, so there is nothing to divide by.',
    });
  });

  it('has no variance when all events are equal, however many a unit has', () => {
    expect(ratioOfSums(collectMoments([rowOf([0.1]), rowOf([0.1, 0.1, 0.1])]))).toMatchObject({
      variance: 0,
    });
    expect(jackknifeRatio([rowOf([0.1]), rowOf([0.1, 0.1, 0.1])])).toMatchObject({ variance: 0 });
  });

  it('does not invent a variance that totals in doubles cannot hold, and the jackknife can', () => {
    // Values 1e6 ± 1e-3 with different numbers of events: the squares of sums need 36 digits.
    const rows = [[1], [1, 1], [1, 1, 1], [1, 1, 1, 1]].map((events, index) =>
      rowOf(events.map(() => 1e6 + (index % 2 === 0 ? 1e-3 : -1e-3))),
    );
    expect(ratioOfSums(collectMoments(rows))).toMatchObject({
      status: 'insufficient',
      reason: expect.stringContaining('vary too little beside their size') as string,
    });
    const small = [[1], [1, 1], [1, 1, 1], [1, 1, 1, 1]].map((events, index) =>
      rowOf(events.map(() => (index % 2 === 0 ? 1e-3 : -1e-3))),
    );
    const [far, near] = [jackknifeRatio(rows), jackknifeRatio(small)];
    if (far.status !== 'ok' || near.status !== 'ok') throw new Error('no estimate');
    expect(far.variance / near.variance).toBeCloseTo(1, 5);
  });
});

describe('jackknifeRatio', () => {
  it('says that leaving out the only unit with events leaves nothing', () => {
    expect(jackknifeRatio([rowOf([1, 2]), rowOf([])])).toMatchObject({ status: 'insufficient' });
  });

  it('equals leaving out each unit in turn', () => {
    fc.assert(
      fc.property(fc.array(unit, { minLength: 3, maxLength: 10 }), (units) => {
        const ratioWithout = units.map((_, left) => {
          const rest = units.filter((_, index) => index !== left).flat();
          return rest.reduce((sum, value) => sum + value, 0) / rest.length;
        });
        const mean = ratioWithout.reduce((sum, value) => sum + value, 0) / units.length;
        const squares = ratioWithout.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        const result = jackknifeRatio(units.map(rowOf));
        if (result.status !== 'ok') throw new Error('no estimate');
        expect(result.variance).toBeCloseTo(((units.length - 1) / units.length) * squares, 12);
      }),
    );
  });
});

describe('compareRatios', () => {
  it('finds several events per unit no more telling than the units are', () => {
    // Ten copies of each event: ten times the events, the same units, the same test.
    const once = [[1], [2], [4], [3]];
    const tenfold = once.map(([value]) => Array.from({ length: 10 }, () => value ?? 0));
    const shifted = tenfold.map((values) => values.map((value) => value + 1));
    const few = compareRatios(
      collectMoments(once.map(rowOf)),
      collectMoments(once.map(([value]) => rowOf([(value ?? 0) + 1]))),
      0.05,
    );
    const many = compareRatios(collectMoments(tenfold.map(rowOf)), collectMoments(shifted.map(rowOf)), 0.05);
    if (few.status !== 'ok' || many.status !== 'ok') throw new Error('no result');
    expect(many.pValue).toBeCloseTo(few.pValue, 12);
  });
});
