import { builtInMetrics } from '../../src/catalogue/built-in-metrics.js';
import type { Judge } from '../../src/experiments/judge.js';
import { judge as judgeSchema } from '../../src/experiments/judge.schema.js';
import { judgeFaults } from '../../src/experiments/judge-faults.js';
import { planHash } from '../../src/experiments/plan-hash.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';

const metricOf = (key: string) => builtInMetrics.find((metric) => metric.key === key);
const judge = (changes: object = {}): Judge => judgeSchema.parse({ rubric: 'Is it true?', ...changes });
const pointers = (changes: object, rest = {}) =>
  judgeFaults(experimentWith({ judge: judge(changes), ...rest }), metricOf).map(({ pointer }) => pointer);

describe('the judge of an experiment', () => {
  it('needs a rubric alone', () => {
    expect(pointers({})).toEqual([]);
    expect(judge()).toEqual({
      metric: 'quality_score',
      rubric: 'Is it true?',
      config: {},
      samplingRate: 0.1,
      scale: { min: 1, max: 5 },
      budgetUsdPerDay: 10,
      pairwise: null,
    });
  });

  it.each([
    ['a metric that does not exist', { metric: 'nowhere' }, '/judge/metric'],
    ['a metric without a mean', { metric: 'cost_per_success' }, '/judge/metric'],
    ['a metric that browsers fill', { metric: 'user_rating' }, '/judge/metric'],
    ['scores that the metric refuses', { metric: 'error' }, '/judge/scale'],
    ['a prompt of its own', { config: { systemPrompt: 'Be kind.' } }, '/judge/config/systemPrompt'],
    ['examples of its own', { config: { examples: [] } }, '/judge/config/examples'],
  ])('is refused %s', (_name, changes, pointer) => {
    expect(pointers(changes)).toEqual([pointer]);
  });

  it.each(['off', 'metadata'] as const)('is refused beside a log that is %s', (mode) => {
    expect(pointers({}, { generationLog: { mode, share: 0.1 } })).toEqual(['/generationLog']);
  });

  it('is refused for imported data', () => {
    expect(pointers({}, { source: 'imported' })).toEqual(['/judge']);
  });

  it('is part of what was promised, and its absence changes no older promise', () => {
    const { judge: _none, ...older } = experimentWith();
    expect(planHash(experimentWith())).toBe(planHash(older));
    const one = planHash(experimentWith({ judge: judge() }));
    expect(one).not.toBe(planHash(older));
    expect(planHash(experimentWith({ judge: judge({ rubric: 'Is it short?' }) }))).not.toBe(one);
  });
});
