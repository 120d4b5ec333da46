import type { Metric } from '../../src/catalogue/metric.js';
import { refuseNamedMetrics } from '../../src/catalogue/refuse-named-metrics.js';
import { metricWith } from '../analysis/metric-fixtures.js';

const catalogue: readonly Metric[] = [
  metricWith({ key: 'expert_score' }),
  metricWith({ key: 'expert_mean', kind: 'mean-per-unit' }),
  metricWith({ key: 'judge_score', labels: 'expert_score' }),
  metricWith({ key: 'expert_errors', direction: 'decrease' }),
  metricWith({ key: 'any_good', kind: 'proportion' }),
  metricWith({ key: 'p95', kind: 'quantile', quantile: 0.95 }),
  metricWith({ key: 'good_ratio', kind: 'ratio', numerator: 'expert_score', denominator: 'expert_errors' }),
];
const refuse = (changes: Partial<Metric>) => () => {
  refuseNamedMetrics(metricWith({ key: 'new', ...changes }), (key) =>
    catalogue.find((metric) => metric.key === key),
  );
};

describe('refuseNamedMetrics', () => {
  it('lets metrics pass that name none, or such as fit', () => {
    expect(refuse({})).not.toThrow();
    expect(refuse({ labels: 'expert_score' })).not.toThrow();
    expect(refuse({ labels: 'expert_mean' })).not.toThrow();
    expect(refuse({ kind: 'ratio', numerator: 'expert_score', denominator: 'expert_errors' })).not.toThrow();
  });

  it.each([
    [{ labels: 'nowhere' }, /Metric "nowhere" does not exist/],
    [{ labels: 'new' }, /Metric "new" does not exist/],
    [
      { kind: 'ratio' as const, numerator: 'expert_score', denominator: 'gone' },
      /Metric "gone" does not exist/,
    ],
    [
      { kind: 'ratio' as const, numerator: 'good_ratio', denominator: 'expert_score' },
      /\/numerator "good_ratio" is a ratio, which has no sum to divide/,
    ],
    [
      { kind: 'ratio' as const, numerator: 'expert_score', denominator: 'p95' },
      /\/denominator "p95" is a quantile/,
    ],
    [
      { kind: 'ratio' as const, numerator: 'expert_score', denominator: 'expert_score' },
      /\/denominator "expert_score" is the numerator too/,
    ],
    [{ labels: 'judge_score' }, /has labels of its own, "expert_score".*received "judge_score"/],
    [{ labels: 'any_good' }, /this one is a "proportion"/],
    [{ labels: 'p95' }, /this one is a "quantile"/],
    [{ labels: 'expert_errors' }, /better to decrease, of "new" to increase/],
  ])('refuses %o, saying what was wrong', (changes, message) => {
    expect(refuse(changes)).toThrow(message);
  });
});
