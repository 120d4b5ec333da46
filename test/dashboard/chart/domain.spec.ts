import { bandDomain, domainOf } from '../../../src/dashboard/web/chart/domain.js';

describe('what an axis shows', () => {
  it('reaches from the least to the greatest value, with air', () => {
    // (10 − 0) · 0.1 = 1 on either side.
    expect(domainOf([0, null, 10, undefined, 4], 0.1)).toEqual([-1, 11]);
  });

  it('puts a single value in the middle, also 0', () => {
    const [low, high] = domainOf([5], 0.1);
    expect((low + high) / 2).toBe(5);
    expect(low).toBeLessThan(5);
    expect(domainOf([0])).toEqual([-1, 1]);
  });

  it('is 0 to 1 where nothing is known', () => {
    expect(domainOf([null, Number.NaN])).toEqual([0, 1]);
  });

  it('lets the wide intervals of the beginning run out of the picture, and holds those of the later half', () => {
    const points = [100, 10, 2, 1].map((half, at) => ({ at, value: 0, interval: [-half, half] as const }));
    const [low, high] = bandDomain([points], [0]);
    expect(low).toBeLessThanOrEqual(-2);
    expect(high).toBeGreaterThanOrEqual(2);
    expect(high).toBeLessThan(10);
  });

  it('holds the lines that figures are held against', () => {
    const points = [{ at: 0, value: 1, interval: null }];
    const [low, high] = bandDomain([points], [-3, 7]);
    expect(low).toBeLessThan(-3);
    expect(high).toBeGreaterThan(7);
  });
});
