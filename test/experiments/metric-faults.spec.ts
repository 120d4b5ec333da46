import type { Metric } from '../../src/catalogue/metric.js';
import { draftFaults } from '../../src/experiments/draft-faults.js';
import { draftWarnings } from '../../src/experiments/draft-warnings.js';
import type { Experiment } from '../../src/experiments/experiment.js';
import { metricWith } from '../analysis/metric-fixtures.js';
import { experimentWith } from '../bucketing/experiment-fixtures.js';

const catalogue: readonly Metric[] = [
  metricWith({ key: 'user_rating' }),
  metricWith({ key: 'thumbs_up' }),
  metricWith({ key: 'latency_p95', kind: 'quantile', quantile: 0.95 }),
];
const metricOf = (key: string) => catalogue.find((metric) => metric.key === key);

function draftWith(metrics: Partial<Experiment['metrics']>): Experiment {
  const draft = experimentWith({ status: 'draft' });
  return { ...draft, metrics: { ...draft.metrics, ...metrics } };
}

describe('the metrics of a definition', () => {
  it('may be any of the catalogue, each once, beside a covariate that is one of them', () => {
    const covariate = { metric: 'user_rating', before: 'P28D' };
    const sound = draftWith({ primary: ['user_rating'], secondary: ['thumbs_up', 'latency_p95'], covariate });
    expect(draftFaults(sound, metricOf)).toEqual([]);
  });

  it.each([
    [
      { covariate: { metric: 'nope', before: 'P28D' } },
      '/metrics/covariate/metric',
      'metric "nope" is not in the catalogue (GET /v1/metrics lists it); add it first, by POST /v1/metrics or as one of AssayModule.forRoot({ metrics })',
    ],
    [
      { covariate: { metric: 'user_rating', before: 'P0D' } },
      '/metrics/covariate/before',
      '"P0D" is no time at all; say how long before its exposure a unit is looked at, such as "P28D"',
    ],
    [
      { primary: ['user_rating', 'thumbs_up', 'user_rating'] },
      '/metrics/primary/2',
      'metric "user_rating" is named twice, at /metrics/primary/0 already; remove one of them',
    ],
    [
      { secondary: ['thumbs_up', 'thumbs_up'] },
      '/metrics/secondary/1',
      'metric "thumbs_up" is named twice, at /metrics/secondary/0 already; remove one of them',
    ],
    [
      { secondary: ['thumbs_up', 'user_rating'] },
      '/metrics/secondary/1',
      'metric "user_rating" is named twice, at /metrics/primary/0 already; remove one of them',
    ],
  ])('are refused where they cannot be measured so: %o', (metrics, pointer, message) => {
    expect(draftFaults(draftWith(metrics), metricOf)).toEqual([{ pointer, message }]);
  });

  it('are warned of where a covariate would sharpen no primary one', () => {
    const covariate = { attribute: 'plan' };
    const codes = (metrics: Partial<Experiment['metrics']>) =>
      draftWarnings(draftWith(metrics), metricOf).map(({ code }) => code);
    expect(codes({ primary: ['latency_p95'], covariate })).toContain('COVARIATE_UNUSED');
    expect(codes({ primary: ['latency_p95'] })).not.toContain('COVARIATE_UNUSED');
    expect(codes({ primary: ['latency_p95', 'user_rating'], covariate })).not.toContain('COVARIATE_UNUSED');
  });

  it('have means where a guardrail compares these with control', () => {
    const guardedBy = (metric: string) =>
      draftFaults(
        {
          ...draftWith({ primary: ['user_rating'] }),
          guardrails: [{ metric, worseThanControlBy: 0.1, action: 'pause' }],
        },
        metricOf,
      );
    expect(guardedBy('user_rating')).toEqual([]);
    expect(guardedBy('latency_p95')).toMatchObject([
      {
        pointer: '/guardrails/0/worseThanControlBy',
        message: expect.stringContaining('"latency_p95" is a quantile'),
      },
    ]);
  });
});
