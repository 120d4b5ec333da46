import { demanded, exact, holds, mean, measured, median, share } from './figure.js';

describe('share', () => {
  it('has the binomial standard error', () => {
    // √(0.05 × 0.95 / 10 000) = 0.002179
    expect(share(500, 10_000)).toMatchObject({ value: 0.05, replications: 10_000 });
    expect(share(500, 10_000).error).toBeCloseTo(0.002179, 6);
  });
});

describe('mean', () => {
  it('has the standard error of a mean', () => {
    // Deviations −2, 0, 2: variance 8 / 2 = 4, error √(4 / 3).
    expect(mean([1, 3, 5])).toMatchObject({ value: 3, replications: 3 });
    expect(mean([1, 3, 5]).error).toBeCloseTo(Math.sqrt(4 / 3), 12);
  });
});

describe('median', () => {
  it('is the middle one, or half-way between the two', () => {
    expect(median([9, 1, 5]).value).toBe(5);
    expect(median([9, 1, 5, 6]).value).toBe(5.5);
  });

  it('has about the asymptotic standard error', () => {
    // Evenly spread over (0, 1), density 1: 1 / (2 √n) = 0.005.
    const values = Array.from({ length: 10_000 }, (_, rank) => (rank + 0.5) / 10_000);
    expect(median(values).error).toBeCloseTo(0.005, 4);
  });
});

describe('holds', () => {
  // Three errors are 3 √(p (1 − p) / n): 0.722 % at 618, 0.726 % at 625, 0.548 % at 346 and 0.536 % at 330 of 10 000.
  it.each([
    [550, true],
    [618, true],
    [625, false],
  ])('lets %d of 10 000 miss a bar of 5.5 %% by three errors and not more: %s', (hits, expected) => {
    expect(holds({ name: '', figure: share(hits, 10_000), atMost: 0.055 })).toBe(expected);
  });

  it.each([
    [400, true],
    [346, true],
    [330, false],
  ])('the same below, with %d of 10 000 and a bar of 4 %%: %s', (hits, expected) => {
    expect(holds({ name: '', figure: share(hits, 10_000), atLeast: 0.04 })).toBe(expected);
  });

  it('lets a figure without chance in it miss by nothing, and no figure by anything', () => {
    expect(holds({ name: '', figure: exact(1e-8), atMost: 1e-8 })).toBe(true);
    expect(holds({ name: '', figure: exact(1.01e-8), atMost: 1e-8 })).toBe(false);
    expect(holds({ name: '', figure: exact(NaN), atMost: 1 })).toBe(false);
  });
});

describe('the words', () => {
  it('write a share in per cent with its bar and three errors', () => {
    const reading = { name: '', figure: share(508, 10_000), atLeast: 0.043, atMost: 0.055 };
    expect(measured(reading)).toBe('5.08 %');
    expect(demanded(reading)).toBe('4.3 to 5.5 % (± 0.659)');
  });

  it('write a number as it is', () => {
    const reading = { name: '', figure: exact(7537.25), unit: 'number', atMost: 8500 } as const;
    expect(measured(reading)).toBe('7537.3');
    expect(demanded(reading)).toBe('≤ 8500');
    expect(demanded({ name: '', figure: exact(1) })).toBe('–');
  });
});
