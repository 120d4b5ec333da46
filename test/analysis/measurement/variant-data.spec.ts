import { measuredMetrics } from '../../../src/analysis/measurement/measured-metrics.js';
import { variantData } from '../../../src/analysis/measurement/variant-data.js';
import { experimentWith } from '../../bucketing/experiment-fixtures.js';
import { totalsWith } from '../metric-fixtures.js';

const moments = (variant: string, units: number) => totalsWith(variant, units, 3, 1).moments;
const totals = {
  exposed: [
    { variant: 'control', epoch: 1, units: 60 },
    { variant: 'control', epoch: 2, units: 40 },
    { variant: '$holdback', epoch: 1, units: 10 },
  ],
  moments: [
    { variant: 'control', metric: 'user_rating', epoch: 1, moments: moments('control', 50) },
    { variant: 'control', metric: 'user_rating', epoch: 2, moments: moments('control', 30) },
    { variant: 'control', metric: 'latency_ms', epoch: 1, moments: moments('control', 99) },
    { variant: '$holdback', metric: 'user_rating', epoch: 1, moments: moments('$holdback', 8) },
  ],
};

describe('the data of a metric', () => {
  it('add up the epochs of each variant and give an empty one to a variant without any', () => {
    const [control, treatment, ...rest] = variantData(['control', 'treatment'], 'user_rating', totals);
    expect(rest).toEqual([]);
    expect(control).toMatchObject({ variant: 'control', exposed: 100, moments: { units: 80, sum: 240 } });
    expect(treatment).toMatchObject({ variant: 'treatment', exposed: 0, moments: { units: 0 } });
  });

  it('can be limited to some epochs', () => {
    const [control] = variantData(['control'], 'user_rating', totals, null, [2]);
    expect(control).toMatchObject({ exposed: 40, moments: { units: 30 } });
  });

  it('are of the planned metrics, and of guardrails and cost where they were recorded', () => {
    const experiment = experimentWith({
      metrics: {
        primary: ['user_rating'],
        secondary: ['latency_ms', 'user_rating'],
        minimumEffect: null,
        margin: null,
        window: 'P7D',
        covariate: null,
      },
      guardrails: [
        { metric: 'error', above: 0.1, action: 'pause' },
        { metric: 'latency_ms', quantile: 0.95, above: 5000, action: 'pause' },
        { metric: 'retried', above: 0.5, action: 'warn' },
      ],
    });
    expect(measuredMetrics(experiment, new Set(['error', 'cost_usd', 'copied']))).toEqual([
      { key: 'user_rating', role: 'primary' },
      { key: 'latency_ms', role: 'secondary' },
      { key: 'error', role: 'guardrail' },
      { key: 'cost_usd', role: 'guardrail' },
    ]);
  });
});
