import { differenceOf, rangeOf, valueOf } from '../../../src/dashboard/web/format/number.js';

describe('a figure', () => {
  it('is written short, however small it is', () => {
    expect(valueOf(2.66e-14, 'stars')).toBe('2.66E-14 stars');
    expect(valueOf(0.00000123)).toBe('0.00000123');
    expect(valueOf(0)).toBe('0');
  });
});

describe('an amount of money', () => {
  it.each([
    [0, '$0'],
    [0.0012345, '$0.00123'],
    [0.061, '$0.061'],
    [0.478, '$0.478'],
    [0.5, '$0.50'],
    [2.8, '$2.80'],
    [30, '$30'],
    [1_234.5, '$1,234.50'],
    [-2.8, '−$2.80'],
  ])('of %s is written alike wherever it stands', (amount, words) => {
    expect(valueOf(amount, 'usd')).toBe(words);
    expect(valueOf(amount, 'USD')).toBe(words);
  });

  it('has its sign before it in a difference and a range', () => {
    expect(differenceOf(0.000478, 'USD')).toBe('+$0.000478');
    expect(rangeOf([0.408, 0.5], (value) => valueOf(value, 'usd'))).toBe('$0.408 to $0.50');
  });
});
