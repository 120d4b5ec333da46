import { guardedRule } from '../../src/experiments/guarded-rule.js';

describe('guardedRule', () => {
  it('bounds the mean itself without a quantile', () => {
    expect(guardedRule({ metric: 'error', above: 0.1, action: 'pause' })).toEqual({
      metric: 'error',
      side: 'above',
      threshold: 0.1,
    });
    expect(guardedRule({ metric: 'user_rating', below: 3, action: 'kill' })).toEqual({
      metric: 'user_rating',
      side: 'below',
      threshold: 3,
    });
  });

  it('bounds the share beyond the threshold for a quantile', () => {
    expect(guardedRule({ metric: 'latency_ms', quantile: 0.95, above: 5000, action: 'pause' })).toEqual({
      metric: 'latency_ms>5000',
      side: 'above',
      threshold: 0.05,
    });
    expect(guardedRule({ metric: 'quality_score', quantile: 0.1, below: 2, action: 'warn' })).toEqual({
      metric: 'quality_score<2',
      side: 'above',
      threshold: 0.1,
    });
  });
});
