import { inWords } from '../../../src/dashboard/web/experiment/verdict/in-words.js';

const metrics = ['user_rating', 'latency_ms', 'latency_ms>5000', 'cost_usd'];

describe('a sentence of the server, in words', () => {
  it.each([
    [
      'user_rating: 4.076 with next-steps, 3.633 with plain; difference 0.4287 (11.78 % of control).',
      'User rating: 4.08 with next-steps, 3.63 with plain; difference 0.429 (11.8% of control).',
    ],
    ['latency_ms>5000: -0.02341, 1,234 units.', 'Latency above 5,000: −0.0234, 1,234 units.'],
    ['b is better on user_rating and cost_usd.', 'b is better on user rating and cost.'],
    ['p below 0.0001; e 1.20e-5', 'p below 0.0001; e 0.000012'],
  ])('%s', (sentence, words) => {
    expect(inWords(sentence, metrics)).toBe(words);
  });

  it.each(['gpt-4.1 against gpt-5', 'v2.5 has "3.14159"', 'my_user_rating and user_rating_2, on 2026-11-19'])(
    'leaves names as they are: %s',
    (sentence) => {
      expect(inWords(sentence, metrics)).toBe(sentence);
    },
  );

  it('needs no metrics', () => {
    expect(inWords('It has run for 3.14159 of at least 14 days.', [])).toBe(
      'It has run for 3.14 of at least 14 days.',
    );
  });
});
