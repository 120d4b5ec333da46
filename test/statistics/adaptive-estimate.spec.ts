import fc from 'fast-check';
import {
  adaptiveDifference,
  adaptiveMean,
  type AdaptiveEpoch,
} from '../../src/statistics/adaptive-estimate.js';

const half: AdaptiveEpoch = {
  propensities: [0.5, 0.5],
  variants: [
    { units: 40, sum: 10, squares: 7.5 },
    { units: 60, sum: 30, squares: 15 },
  ],
};

describe('adaptiveMean', () => {
  it('is free of bias: over all assignments of four units its mean is the truth', () => {
    // Potential outcomes of variant 1, fixed; each unit gets variant 1 with probability 0.3; uniform weights.
    const outcomes = [1, 0, 1, 1];
    let mean = 0;
    for (let code = 1; code < 16; code += 1) {
      const given = outcomes.filter((_, unit) => (code >> unit) & 1);
      const sum = given.reduce((total, value) => total + value, 0);
      const squares = given.reduce((total, value) => total + (value - sum / given.length) ** 2, 0);
      const epoch = {
        propensities: [0.7, 0.3],
        variants: [
          { units: 4 - given.length, sum: 0, squares: 0 },
          { units: given.length, sum, squares },
        ],
      };
      const result = adaptiveMean([epoch], 1, { weighting: 'uniform' });
      if (result.status !== 'ok') throw new Error(result.reason);
      mean += 0.3 ** given.length * 0.7 ** (4 - given.length) * result.value;
    }
    // Nobody in variant 1: the estimate is withheld; it would be the guess 0.5.
    mean += 0.7 ** 4 * 0.5;
    expect(mean).toBeCloseTo(0.75, 12);
  });

  it('says that a probability below 0.005 carries no standard error', () => {
    const rare = { ...half, propensities: [0.999, 0.001] };
    expect(adaptiveMean([half, rare], 1)).toMatchObject({
      status: 'insufficient',
      reason: expect.stringContaining('0.001') as string,
    });
    expect(adaptiveMean([half, rare], 0)).toMatchObject({ status: 'ok' });
  });

  it('passes over an epoch in which the variant could not be drawn', () => {
    const closed: AdaptiveEpoch = {
      propensities: [1, 0],
      variants: [
        { units: 500, sum: 250, squares: 125 },
        { units: 0, sum: 0, squares: 0 },
      ],
    };
    expect(adaptiveMean([half, closed], 1)).toEqual(adaptiveMean([half], 1));
  });

  it('says when nobody has matured, or nothing varies', () => {
    expect(adaptiveMean([], 0)).toMatchObject({ status: 'insufficient' });
    const empty = {
      propensities: [0.5, 0.5],
      variants: [half.variants[0] ?? { units: 0, sum: 0, squares: 0 }],
    };
    expect(adaptiveMean([empty], 1)).toMatchObject({ status: 'insufficient' });
    const flat = { propensities: [1], variants: [{ units: 5, sum: 2.5, squares: 0 }] };
    expect(adaptiveMean([flat], 0)).toMatchObject({
      status: 'insufficient',
      reason: 'All units have the same value.',
    });
  });

  it('counts every unit of a constant design as worth one', () => {
    expect(adaptiveMean([half, half], 0)).toMatchObject({ effectiveUnits: expect.closeTo(200, 8) as number });
  });
});

describe('adaptiveDifference', () => {
  it('changes sign, and nothing else, when the variants swap places', () => {
    const count = fc.integer({ min: 1, max: 200 });
    const weight = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    const epoch = fc.tuple(weight, count, count).map(([share, a, b]) => ({
      propensities: [share, 1 - share],
      variants: [
        { units: a, sum: a * 0.2, squares: a * 0.16 },
        { units: b, sum: b * 0.3, squares: b * 0.21 },
      ],
    }));
    fc.assert(
      fc.property(fc.array(epoch, { minLength: 1, maxLength: 6 }), (epochs) => {
        const [there, back] = [adaptiveDifference(epochs, 0, 1), adaptiveDifference(epochs, 1, 0)];
        if (there.status !== 'ok' || back.status !== 'ok') throw new Error('no result');
        expect(back.value).toBeCloseTo(-there.value, 12);
        expect(back.standardError).toBeCloseTo(there.standardError, 12);
      }),
    );
  });
});
