import { missedBy } from '../../../src/dashboard/web/experiment/verdict/shown-interval.js';

const gauge = { of: 'difference', name: 'user rating', value: 0.1, interval: [0.2, 0.4] } as const;

describe('a difference that its own interval misses', () => {
  it('is named', () => {
    expect(missedBy([gauge, { ...gauge, name: 'cost', value: 0.5 }])).toEqual(['user rating', 'cost']);
  });

  it('is none within it, without it, and where a figure is no difference', () => {
    const others = [
      { ...gauge, value: 0.2 },
      { ...gauge, interval: null },
      { ...gauge, value: null },
      { ...gauge, of: 'figure' as const },
    ];
    expect(missedBy(others)).toEqual([]);
  });
});
