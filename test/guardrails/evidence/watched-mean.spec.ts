import { watchedMeans } from '../../../src/guardrails/evidence/watched-mean.js';
import { metricWith } from '../../allocation/fixtures.js';
import { experimentWith } from '../../bucketing/experiment-fixtures.js';
import type { Guardrail } from '../../../src/experiments/guardrail.js';

const metrics = [
  metricWith({ key: 'error' }),
  metricWith({ key: 'latency_ms>5000' }),
  metricWith({ key: 'user_rating', min: 1, max: 5 }),
  metricWith({ key: 'cost_usd', min: 0, max: null }),
];
const watched = (guardrails: readonly Guardrail[]) =>
  watchedMeans(experimentWith({ guardrails }), (key) => {
    const metric = metrics.find((each) => each.key === key);
    return metric && { id: metrics.indexOf(metric), metric };
  });

describe('watchedMeans', () => {
  it('are each variant under each guardrail, with the threshold on a scale of harm', () => {
    const all = watched([
      { metric: 'error', above: 0.1, action: 'pause' },
      { metric: 'latency_ms', quantile: 0.95, above: 5000, action: 'kill' },
      { metric: 'user_rating', below: 4, action: 'warn' },
    ]);
    expect(all.map(({ name, threshold }) => [name, threshold])).toEqual([
      ['control error above 0.1', 0.1],
      ['treatment error above 0.1', 0.1],
      ['control latency_ms>5000 above 0.05', 0.05],
      ['treatment latency_ms>5000 above 0.05', 0.05],
      // Below 4 of 1 to 5: a quarter of the way from the best to the worst.
      ['control user_rating below 4', 0.25],
      ['treatment user_rating below 4', 0.25],
    ]);
  });

  it('are none where values have no bounds, the threshold is one of them, or control is what they are held against', () => {
    expect(
      watched([
        { metric: 'cost_usd', above: 0.1, action: 'pause' },
        { metric: 'error', above: 0, action: 'pause' },
        { metric: 'error', worseThanControlBy: 0.1, action: 'pause' },
        { metric: 'gone', above: 0.1, action: 'pause' },
      ]),
    ).toEqual([]);
  });

  it('are one where two guardrails differ in their action alone', () => {
    const twice: Guardrail[] = [
      { metric: 'error', above: 0.1, action: 'warn' },
      { metric: 'error', above: 0.1, action: 'kill' },
    ];
    expect(watched(twice)).toHaveLength(2);
  });
});
