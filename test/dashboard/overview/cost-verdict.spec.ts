import { costVerdict } from '../../../src/dashboard/web/experiment/verdict/cost-verdict.js';
import { comparison, judged, metric, units, variantRow } from './reports.js';

function cost(difference: number | null, interval: readonly [number, number] | null, significant = false) {
  return metric('cost_usd', comparison(difference, interval, { significant }), {
    role: 'secondary',
    category: 'cost',
    direction: 'decrease',
    variants: [variantRow('control', 0.003), variantRow('treatment', 0.003 + (difference ?? 0))],
  });
}

const verdictOf = (...figures: Parameters<typeof cost>) =>
  costVerdict(judged(), { metrics: [cost(...figures)] }, 'treatment', units);

describe('is it cheaper', () => {
  it('says what a thousand requests save', () => {
    const verdict = verdictOf(-0.0012, [-0.0014, -0.001], true);
    expect(verdict).toMatchObject({ standing: 'good', answer: 'Cheaper' });
    expect(verdict.sentences).toEqual([
      'The cost of a request falls by $0.0012, plausibly $0.001 to $0.0014.',
      'Would save about $1.20 per 1,000 requests ($1 to $1.40).',
    ]);
  });

  it('names no money while the sign is open', () => {
    const verdict = verdictOf(-0.0001, [-0.0003, 0.0001]);
    expect(verdict.standing).toBe('even');
    expect(verdict.sentences).toHaveLength(1);
  });

  it.each([
    // The control costs 0.003; three times that (the limit where the plan names none) is 0.006 more.
    ['warn', 0.002, [0.001, 0.003]],
    ['bad', 0.008, [0.007, 0.009]],
  ] as const)('is %s at %p more with the interval %p', (standing, difference, interval) => {
    expect(verdictOf(difference, interval, true).standing).toBe(standing);
  });

  it('says that no cost was recorded', () => {
    expect(costVerdict(judged(), { metrics: [] }, 'treatment', units)).toMatchObject({
      standing: 'unknown',
      gauges: [],
    });
  });
});
