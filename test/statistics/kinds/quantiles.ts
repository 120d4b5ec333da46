import { clusteredQuantile } from '../../../src/statistics/clustered-quantile.js';
import { orderStatisticInterval, quantile } from '../../../src/statistics/quantile.js';
import type { Answers } from './kind.js';

function independent({
  x,
  confidence,
}: {
  readonly x: readonly number[];
  readonly confidence: number;
}): object {
  const sorted = [...x].sort((a, b) => a - b);
  const levels = [0.5, 0.9, 0.95, 0.99].map((level) => {
    const { interval, ranks, intervalCoverage } = orderStatisticInterval(sorted, level, 1 - confidence);
    const answer = {
      inverted_cdf: quantile(sorted, level, 'observed'),
      linear_type7: quantile(sorted, level, 'interpolated'),
      ci_ranks: ranks,
      ci: interval.map((end) => (Number.isFinite(end) ? end : null)),
      ci_coverage: intervalCoverage,
    };
    return [String(level), answer] as const;
  });
  return Object.fromEntries(levels);
}

interface Clusters {
  readonly users: readonly (readonly number[])[];
  readonly level: number;
  readonly confidence: number;
}

function clustered({ users, level, confidence }: Clusters): object {
  const result = clusteredQuantile(users, level, 1 - confidence);
  if (result.status !== 'ok') return result;
  const events = users.flat().length;
  return {
    n_events: events,
    quantile: result.value,
    var_cdf_clustered: result.shareVariance,
    var_cdf_iid: (level * (1 - level)) / events,
    ci_low: result.interval[0],
    ci_high: result.interval[1],
    ranks: result.ranks,
  };
}

export const quantileKinds: Answers = { quantile_iid: independent, quantile_clustered: clustered };
