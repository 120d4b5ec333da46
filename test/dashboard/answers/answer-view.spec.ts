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
  type AnswerView,
} from '../../../src/dashboard/web/answers/answer-view.js';
import { pairwiseWords } from '../../../src/dashboard/web/answers/pairwise-words.js';
import { loggingWords } from '../../../src/dashboard/web/answers/logging-words.js';

const at = '2026-01-05T00:00:00.000Z';
const answer: AnswerView = {
  id: '01a20163-d85a-744b-9f86-d9b33f37f616',
  at,
  variant: 'treatment',
  reason: 'split',
  phase: 0,
  epoch: 1,
  unit: '2a963339-dae0-c176-4cea-c97bf8fc1d4a',
  interaction: 'i1',
  promptVersion: 'v2',
  configHash: '1fca2514cb50c80a',
  asConfigured: true,
  sentHash: null,
  provider: 'anthropic',
  requestedModel: 'claude-haiku-4-5',
  model: 'claude-haiku-4-5-20251001',
  fingerprint: null,
  requestId: null,
  streamed: false,
  isFallback: false,
  outcome: 'finished',
  error: null,
  stopReason: 'end_turn',
  attempts: 1,
  warnings: [],
  detail: 'full',
  prompt: null,
  response: 'Yes.',
  responseLength: 4,
  parameters: null,
  usage: {
    inputTokens: 103,
    outputTokens: null,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokensEstimated: false,
  },
  formatViolation: null,
  ttftMilliseconds: null,
  interChunkMilliseconds: null,
  latencyMilliseconds: 811.7,
  costUsd: 0.000323,
  erasedAt: null,
  measured: [
    { metric: 'latency_ms', value: 811.7, at },
    { metric: 'latency_ms>5000', value: 0, at },
    { metric: 'user_rating', value: 4, at },
    { metric: 'expert_score', value: 5, at },
    { metric: 'expert_score', value: 3, at },
  ],
};

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
