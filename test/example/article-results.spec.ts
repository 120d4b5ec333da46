import type { Report } from '../../src/analysis/report.js';
import { articleResults, experimentSummary } from '../../src/example/article-results.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';

type Metric = Report['metrics'][number];
type Measured = Metric['variants'][number];

const nothing: Omit<Measured, 'key'> = {
  units: 0,
  provisional: 0,
  events: 0,
  sum: 0,
  mean: null,
  standardDeviation: null,
  standardError: null,
  interval: null,
  p25: null,
  p50: null,
  p75: null,
  p95: null,
  withinUnitVariance: null,
  betweenUnitVariance: null,
  judged: null,
};

function metric(key: string, control: Partial<Measured>, treatment: Partial<Measured>): Metric {
  return {
    key,
    role: 'secondary',
    category: 'quality',
    direction: 'increase',
    estimand: 'mean',
    estimator: 'units',
    covariate: null,
    best: [],
    method: 'confidence-sequence',
    variants: [
      { ...nothing, key: 'control', ...control },
      { ...nothing, key: 'treatment', ...treatment },
    ],
    comparisons: [],
  };
}

function reportOf(metrics: Metric[]): Report {
  return {
    variants: [
      { key: 'control', units: 210, share: 0.5, expected: 0.5 },
      { key: 'treatment', units: 205, share: 0.5, expected: 0.5 },
    ],
    metrics,
    recommendation: { action: 'SHIP', variant: 'treatment', reason: 'It is better.', evidence: [] },
  } as unknown as Report;
}

const rated = reportOf([
  metric(
    'user_rating',
    { events: 200, sum: 760, mean: 3.8, interval: [3.7, 3.9], standardError: 0.05 },
    { events: 190, sum: 779, mean: 4.1, interval: [4, 4.2], standardError: 0.06 },
  ),
  metric(
    'latency_ms',
    { events: 400, mean: 812, interval: [800, 824], standardError: 6 },
    { events: 1, mean: 90 },
  ),
  metric('error', { events: 400, sum: 5, mean: 0.0125 }, {}),
  metric('cost_usd', { events: 400, sum: 0.5 }, {}),
]);

describe('The results at a glance', () => {
  const experiment = experimentWith();

  it('have every figure of a variant in the shape of the reference article', () => {
    expect(articleResults(experiment, rated).control).toEqual({
      sampleSize: 210,
      latency: { mean: 812, lower: 800, upper: 824, se: 6 },
      rating: { mean: 3.8, lower: 3.7, upper: 3.9, se: 0.05 },
      errorRate: '1.25%',
      totalCost: '$0.5000',
      // 0.5 dollars over 400 requests.
      avgCostPerRequest: '$0.001250',
    });
  });

  it('say so where a figure is not known, instead of a zero or NaN', () => {
    expect(articleResults(experiment, rated).treatment).toMatchObject({
      latency: { mean: 90, lower: null, upper: null, se: null },
      errorRate: 'N/A',
      totalCost: '$0.0000',
      avgCostPerRequest: 'N/A',
    });
    expect(articleResults(experiment, reportOf([])).control).toMatchObject({ latency: null, rating: null });
  });

  it("compare the ratings, with the report's own recommendation", () => {
    expect(articleResults(experiment, rated).ratingComparison).toEqual({
      controlMean: '3.800',
      treatmentMean: '4.100',
      difference: '0.300',
      controlCI: { mean: 3.8, lower: 3.7, upper: 3.9, se: 0.05 },
      treatmentCI: { mean: 4.1, lower: 4, upper: 4.2, se: 0.06 },
      recommendation: 'SHIP: It is better.',
    });
  });

  it('compare nothing before both variants have two ratings', () => {
    const one = reportOf([metric('user_rating', { events: 9, mean: 4 }, { events: 1, mean: 5 })]);
    expect(articleResults(experiment, one)).not.toHaveProperty('ratingComparison');
    expect(articleResults(experiment, reportOf([]))).not.toHaveProperty('ratingComparison');
  });

  it.each([
    ['running', true],
    ['rolling-out', true],
    ['paused', false],
    ['draft', false],
  ] as const)('call a %s experiment active: %p', (status, active) => {
    expect(experimentSummary(experimentWith({ status }))).toEqual({
      id: 'exp_summarize_v2',
      name: 'Summarization',
      active,
    });
  });
});
