import { chance, counted, figure, percentage, range } from '../../src/analysis/figure.js';
import { finite, finiteInterval } from '../../src/analysis/finite.js';

describe('numbers in sentences', () => {
  it.each([
    [0, '0'],
    [0.123456, '0.1235'],
    [1234.56, '1,234.56'],
    [5023, '5,023'],
    [123456.7, '123,457'],
    [-3, '-3'],
    [0.00001234, '1.23e-5'],
    [2.5e15, '2.50e+15'],
  ])('%d reads %s', (value, text) => {
    expect(figure(value)).toBe(text);
  });

  it('come as ranges, percentages and chances', () => {
    expect(range([0.17, 0.25])).toBe('0.17 to 0.25');
    expect(percentage(0.053)).toBe('5.3 %');
    expect(chance(0.03)).toBe('p = 0.03');
    expect(chance(1e-9)).toBe('p below 0.0001');
  });

  it('count things in the singular or the plural', () => {
    expect([0, 1, 1.5, 2000].map((count) => counted(count, 'unit'))).toEqual([
      '0 units',
      '1 unit',
      '1.5 units',
      '2,000 units',
    ]);
    expect([1, 2].map((count) => counted(count, 'query', 'queries'))).toEqual(['1 query', '2 queries']);
  });

  it('are null in JSON where there is no number', () => {
    expect([finite(1), finite(NaN), finite(-Infinity)]).toEqual([1, null, null]);
    expect([finiteInterval([0, 1]), finiteInterval([-Infinity, 1])]).toEqual([[0, 1], null]);
  });
});
