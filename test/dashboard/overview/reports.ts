import type {
  ComparisonView,
  ExperimentView,
  MetricReportView,
  VariantMetricView,
} from '../../../src/dashboard/web/api/contract.js';

/** A variant's row with figures that nobody asks about. */
export function variantRow(
  key: string,
  mean: number | null,
  rest: Partial<VariantMetricView> = {},
): VariantMetricView {
  return {
    key,
    units: 1_000,
    provisional: 0,
    events: mean === null ? 0 : 1_500,
    sum: (mean ?? 0) * 1_500,
    mean,
    standardDeviation: 1,
    standardError: 0.03,
    interval: mean === null ? null : [mean - 0.06, mean + 0.06],
    p25: null,
    p50: null,
    p75: null,
    p95: null,
    withinUnitVariance: null,
    betweenUnitVariance: null,
    judged: null,
    ...rest,
  };
}

/** A comparison whose interval under repeated looks is the one given. */
export function comparison(
  difference: number | null,
  interval: readonly [number, number] | null,
  rest: Partial<ComparisonView> = {},
): ComparisonView {
  return {
    variant: 'treatment',
    against: 'control',
    difference,
    standardError: 0.03,
    degreesOfFreedom: 1_998,
    interval,
    pValue: 0.01,
    adjustedPValue: 0.01,
    relative: null,
    sequential: interval && { method: 'confidence-sequence', interval, pValue: 0.01, adjustedPValue: 0.01 },
    probabilityBest: 0.9,
    expectedLoss: 0.001,
    significant: false,
    meaningful: true,
    ...rest,
  };
}

/** A metric of control and treatment. */
export function metric(
  key: string,
  compared: ComparisonView | null,
  rest: Partial<MetricReportView> = {},
): MetricReportView {
  return {
    key,
    role: 'primary',
    category: 'quality',
    direction: 'increase',
    estimand: 'mean',
    estimator: 'units',
    covariate: null,
    method: 'confidence-sequence',
    variants: [variantRow('control', 3.9), variantRow('treatment', 4.11)],
    comparisons: compared ? [compared] : [],
    best: [],
    ...rest,
  };
}

/** What verdicts are asked of. */
export function judged(
  rest: Partial<Pick<ExperimentView, 'source' | 'guardrails'>> = {},
  metrics: Partial<ExperimentView['metrics']> = {},
): Pick<ExperimentView, 'control' | 'source' | 'metrics' | 'plan' | 'guardrails'> {
  return {
    control: 'control',
    source: 'live',
    guardrails: [],
    metrics: {
      primary: ['user_rating'],
      secondary: [],
      minimumEffect: 0.1,
      margin: null,
      window: 'P7D',
      covariate: null,
      ...metrics,
    },
    plan: {
      alpha: 0.05,
      power: 0.8,
      minimumDays: 14,
      maximumDays: 60,
      unitsPerVariant: null,
      maximumCostRatio: null,
      decision: '',
    },
    ...rest,
  };
}

export const units = new Map([
  ['user_rating', 'stars'],
  ['cost_usd', 'USD'],
  ['error', 'share'],
]);
