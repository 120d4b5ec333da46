import { comparisonSentence } from '../../../src/dashboard/web/experiment/metrics/comparison-sentence.js';
import { comparison, metric } from '../overview/reports.js';

const rating = metric('user_rating', null);

describe('a comparison in words', () => {
  it('says better or worse only where chance is ruled out', () => {
    const sure = comparison(0.21, [0.15, 0.27], { significant: true });
    expect(comparisonSentence(rating, sure, null, 'live')).toBe(
      'treatment is better: user rating rises by 0.21, plausibly 0.15 to 0.27.',
    );
    const open = comparison(0.05, [-0.05, 0.15]);
    expect(comparisonSentence(rating, open, null, 'live')).toBe(
      'treatment, not settled: so far user rating rises by 0.05; anything from −0.05 to +0.15 is plausible.',
    );
  });

  it('calls a rise worse where less is better', () => {
    const sure = comparison(30, [20, 40], { significant: true });
    const latency = metric('latency_ms', null, { direction: 'decrease' });
    expect(comparisonSentence(latency, sure, 'ms', 'live')).toMatch(
      /^treatment is worse: latency rises by 30 ms/,
    );
  });

  it('says that nothing can be compared yet', () => {
    expect(comparisonSentence(rating, comparison(null, null), null, 'live')).toBe(
      'treatment: user rating cannot be compared yet.',
    );
  });
});
