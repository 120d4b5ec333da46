import { ordinaryMetric, type Metric } from './metric.js';

function qualityMetric(key: string, unit: string, rest: Partial<Metric> = {}): Metric {
  return { ...ordinaryMetric, key, unit, direction: 'increase', category: 'quality', ...rest };
}

function performanceMetric(key: string, unit: string): Metric {
  return { ...ordinaryMetric, key, unit, direction: 'decrease', category: 'performance', min: 0 };
}

function engagementMetric(key: string, direction: Metric['direction']): Metric {
  return {
    ...ordinaryMetric,
    key,
    unit: 'share',
    direction,
    category: 'engagement',
    min: 0,
    max: 1,
    fromClient: true,
  };
}

function reliabilityMetric(key: string): Metric {
  const share = { unit: 'share', min: 0, max: 1 } as const;
  return { ...ordinaryMetric, key, direction: 'decrease', category: 'reliability', ...share };
}

/** The metrics that every installation has: the reference article's list, and what its guardrails need beside it. */
export const builtInMetrics: readonly Metric[] = [
  qualityMetric('quality_score', 'score'),
  qualityMetric('user_rating', 'stars', { min: 1, max: 5, fromClient: true }),
  qualityMetric('thumbs_up', 'share', { min: 0, max: 1, fromClient: true }),
  qualityMetric('task_completed', 'share', { min: 0, max: 1, fromClient: true }),
  qualityMetric('edit_distance', 'characters', { min: 0, direction: 'decrease', fromClient: true }),
  performanceMetric('ttft_ms', 'ms'),
  performanceMetric('latency_ms', 'ms'),
  performanceMetric('input_tokens', 'tokens'),
  performanceMetric('output_tokens', 'tokens'),
  performanceMetric('response_length', 'characters'),
  performanceMetric('inter_chunk_ms', 'ms'),
  { ...performanceMetric('cache_read_tokens', 'tokens'), direction: 'increase' },
  performanceMetric('cache_write_tokens', 'tokens'),
  performanceMetric('provider_retries', 'requests'),
  { ...ordinaryMetric, key: 'cost_usd', unit: 'USD', direction: 'decrease', category: 'cost', min: 0 },
  {
    ...ordinaryMetric,
    key: 'cost_per_success',
    kind: 'ratio',
    unit: 'USD',
    direction: 'decrease',
    category: 'cost',
    numerator: 'cost_usd',
    denominator: 'task_completed',
  },
  engagementMetric('copied', 'increase'),
  engagementMetric('retried', 'decrease'),
  engagementMetric('abandoned', 'decrease'),
  reliabilityMetric('error'),
  reliabilityMetric('refused'),
  reliabilityMetric('empty'),
  reliabilityMetric('truncated'),
  reliabilityMetric('format_violation'),
  reliabilityMetric('fallback_served'),
];
