import {
  candidateOf,
  decidingMetrics,
  winnerOf,
} from '../../../src/dashboard/web/experiment/verdict/deciding.js';
import type { ReportView } from '../../../src/dashboard/web/api/contract.js';
import { comparison, metric } from './reports.js';

const experiment = {
  control: 'control',
  decidedVariant: null,
  variants: ['control', 'a', 'b'].map((key) => ({ key })),
} as unknown as Parameters<typeof candidateOf>[0];

function report(variant: string | null, metrics: ReportView['metrics']) {
  return { metrics, recommendation: { variant } } as unknown as ReportView;
}

const rating = metric('user_rating', null, {
  comparisons: [
    comparison(0.1, [0, 0.2], { variant: 'a', probabilityBest: 0.3 }),
    comparison(0.2, [0.1, 0.3], { variant: 'b', probabilityBest: 0.6 }),
  ],
});

describe('what the page speaks of', () => {
  it('is the recommended variant, else the probably best', () => {
    expect(candidateOf(experiment, report('a', [rating]))).toBe('a');
    expect(candidateOf(experiment, report(null, [rating]))).toBe('b');
  });

  it('is never the control', () => {
    expect(candidateOf(experiment, report('control', [rating]))).toBe('b');
  });

  it('is the decided variant once there is one', () => {
    expect(candidateOf({ ...experiment, decidedVariant: 'a' }, report('b', [rating]))).toBe('a');
  });

  it('decides by primaries other than cost, by cost where it is alone', () => {
    const cost = metric('cost_usd', null, { category: 'cost' });
    expect(decidingMetrics({ metrics: [cost, rating] })).toEqual([rating]);
    expect(decidingMetrics({ metrics: [cost] })).toEqual([cost]);
  });
});

describe('who has won', () => {
  it('is nobody on a high chance alone', () => {
    expect(winnerOf(rating, 'control')).toBeNull();
  });

  it('is the probably best of those that are surely better', () => {
    const sure = rating.comparisons.map((each) => ({ ...each, significant: true }));
    expect(winnerOf({ ...rating, comparisons: sure }, 'control')).toBe('b');
  });

  it('is the control where every other is surely worse', () => {
    const worse = rating.comparisons.map((each) => ({ ...each, difference: -1, significant: true }));
    expect(winnerOf({ ...rating, comparisons: worse }, 'control')).toBe('control');
    expect(
      winnerOf({ ...rating, comparisons: [...worse.slice(1), comparison(0, [-1, 1])] }, 'control'),
    ).toBeNull();
  });

  it('is who has less where less is better', () => {
    const falls = [comparison(-1, [-2, -0.5], { variant: 'a', significant: true })];
    expect(winnerOf({ ...rating, direction: 'decrease', comparisons: falls }, 'control')).toBe('a');
  });
});
