import {
  answersPath,
  answerFilterQuery,
  readAnswerFilter,
} from '../../../src/dashboard/web/answers/answer-filter.js';
import {
  figuresOf,
  oddities,
  ratingsOf,
  withoutText,
} from '../../../src/dashboard/web/answers/answer-view.js';
import { pairwiseWords } from '../../../src/dashboard/web/answers/pairwise-words.js';
import { answer, at } from './answer.fixture.js';
import { loggingWords } from '../../../src/dashboard/web/answers/logging-words.js';

describe('an answer', () => {
  it('shows ratings, scores and every label, and not what the log itself knows', () => {
    expect(ratingsOf(answer)).toEqual([
      { name: 'user_rating', value: '4' },
      { name: 'expert_score', value: '5' },
      { name: 'expert_score', value: '3' },
    ]);
  });

  it('shows what it took, and says what is not known', () => {
    expect(figuresOf(answer)).toEqual([
      { name: 'took', value: '812 ms' },
      { name: 'cost', value: '$0.000323' },
      { name: 'tokens', value: '103 in, – out' },
    ]);
    expect(figuresOf({ ...answer, costUsd: null })).toContainEqual({ name: 'cost', value: 'not known' });
  });

  it('says what went otherwise than asked for; a dated name of the model is not', () => {
    expect(oddities(answer)).toEqual([]);
    expect(
      oddities({ ...answer, model: 'other', isFallback: true, outcome: 'failed', error: 'timeout' }),
    ).toEqual([
      'failed: timeout',
      "answered by the config's fallback, as its own call had failed",
      'claude-haiku-4-5 was asked, other answered',
    ]);
  });

  it('says once that it failed where nobody said why', () => {
    const failed = ['failed, and the provider did not say why'];
    expect(oddities({ ...answer, outcome: 'failed', error: 'failed' })).toEqual(failed);
    expect(oddities({ ...answer, outcome: 'failed', error: null })).toEqual(failed);
  });

  it('says why it has no text', () => {
    expect(withoutText(answer)).toBeNull();
    expect(withoutText({ ...answer, detail: 'metadata', response: null })).toBe('Logged without texts.');
    expect(withoutText({ ...answer, erasedAt: at, response: null })).toMatch(/erased/);
  });
});

describe('what the judge prefers', () => {
  const result = {
    ...{
      variant: 'treatment',
      pairs: 40,
      wins: 22,
      ties: 8,
      losses: 10,
      due: 0,
      failed: 0,
      distrusted: null,
    },
    winRate: { status: 'ok' as const, value: 0.65, interval: [0.49, 0.784] as [number, number] },
    positionBias: { flipped: 0.1, first: 0.55 },
  };

  it('is said with its interval, and with what the order did', () => {
    expect(pairwiseWords(result)).toBe(
      'Of 40 pairs of answers to the same input, judged blind and in both orders, treatment is preferred in 65% ' +
        '(49% to 78.4%, a tie counting half); the order alone turned the preference round in 10%.',
    );
  });

  it('is not said before there is a pair', () => {
    const winRate = { status: 'insufficient' as const, reason: 'No pair has been judged yet.' };
    expect(pairwiseWords({ ...result, pairs: 0, winRate, due: 3 })).toMatch(
      /treatment .* yet; 3 are to be judged\.$/,
    );
  });
});

describe('which answers', () => {
  it('is said by the address, and asked of the server with what was measured', () => {
    const filter = { variant: '', outcome: 'failed', unit: 'a&b', atLeast: '2.5', atMost: '' };
    expect(readAnswerFilter(new URLSearchParams(answerFilterQuery(filter)))).toEqual(filter);
    expect(answersPath('a/b', '$fallback', filter)).toBe(
      'v1/experiments/a%2Fb/generations?limit=5&measured=true&variant=%24fallback&outcome=failed&unit=a%26b&judgeScoreAtLeast=2.5',
    );
  });

  it('says how much of them is logged', () => {
    expect(loggingWords({ generationLog: { mode: 'sampled', share: 0.05 } })).toMatch(
      /^The texts of 5% of the units/,
    );
    expect(loggingWords({ generationLog: { mode: 'off', share: 1 } })).toBe(
      'Answers of this experiment are not logged.',
    );
  });
});
