import { configDifferences } from './config-differences.js';
import type { Definition } from './draft-faults.js';
import type { MetricLookup } from './metric-faults.js';

/** Something that is allowed, and that the people who run experiments regret later. */
export interface DraftWarning {
  readonly code:
    | 'MULTIPLE_VARIABLES'
    | 'FEW_QUALITY_METRICS'
    | 'ENGAGEMENT_PRIMARY'
    | 'COST_NOT_PRIMARY'
    | 'PROMPT_WITHOUT_RAMP'
    | 'COVARIATE_UNUSED'
    | 'NO_HOLDBACK'
    | 'NO_END'
    | 'CANNOT_CONCLUDE'
    | 'JUDGE_UNCORRECTED'
    | 'SHARED_PARAMETER'
    | 'LLM_CONFIG_UNUSABLE';
  readonly message: string;
}

/** The reference article's schedule for a change of system prompt. */
const articleRamp =
  '[{"after":"P0D","coverage":5},{"after":"P2D","coverage":10},{"after":"P5D","coverage":25},{"after":"P7D","coverage":50},{"after":"P10D","coverage":100}]';

/** What to reconsider before starting; see each code's message. */
export function draftWarnings(experiment: Definition, metricOf: MetricLookup): DraftWarning[] {
  if (experiment.source === 'imported') return [];
  return [
    ...variableWarnings(experiment),
    ...metricWarnings(experiment, metricOf),
    ...safetyWarnings(experiment),
    ...judgeWarnings(experiment, metricOf),
  ];
}

function variableWarnings(experiment: Definition): DraftWarning[] {
  const fields = configDifferences(experiment.variants.map((variant) => variant.config));
  const warnings: DraftWarning[] = [];
  if (fields.length > 1) {
    warnings.push({
      code: 'MULTIPLE_VARIABLES',
      message: `The variants differ in ${fields.join(', ')}. Test one variable at a time, or no difference can be attributed to any of them.`,
    });
  }
  if (fields.includes('model') && !experiment.metrics.primary.includes('cost_usd')) {
    warnings.push({
      code: 'COST_NOT_PRIMARY',
      message: 'The variants use different models, which differ in price; make cost_usd a co-primary metric.',
    });
  }
  if (fields.includes('systemPrompt') && experiment.ramp.length === 0) {
    warnings.push({
      code: 'PROMPT_WITHOUT_RAMP',
      message: `A change of system prompt affects every interaction; raise coverage step by step, for example "ramp": ${articleRamp}`,
    });
  }
  return warnings;
}

function metricWarnings({ metrics }: Definition, metricOf: MetricLookup): DraftWarning[] {
  const warnings: DraftWarning[] = [];
  const category = (key: string) => metricOf(key)?.category;
  const quality = [...metrics.primary, ...metrics.secondary].filter((key) => category(key) === 'quality');
  if (quality.length < 2) {
    warnings.push({
      code: 'FEW_QUALITY_METRICS',
      message: `Only ${quality.length} quality metric is measured; a single signal is easy to mislead, so add another.`,
    });
  }
  const engagement = metrics.primary.filter((key) => category(key) === 'engagement');
  if (engagement.length > 0) {
    warnings.push({
      code: 'ENGAGEMENT_PRIMARY',
      message: `${engagement.join(', ')} measures engagement, which a confusing answer can raise; decide on a quality metric.`,
    });
  }
  if (metrics.covariate && metrics.primary.every((key) => metricOf(key)?.kind === 'quantile')) {
    warnings.push({
      code: 'COVARIATE_UNUSED',
      message: `The covariate does nothing for ${metrics.primary.join(', ')}: a quantile is not adjusted by one. Leave it out, or decide on a mean.`,
    });
  }
  return warnings;
}

function judgeWarnings({ judge }: Definition, metricOf: MetricLookup): DraftWarning[] {
  if (!judge || (metricOf(judge.metric)?.labels ?? null) !== null) return [];
  const message = `No labels correct the judge: "${judge.metric}" names none, so the judge's tastes are taken for the truth. Judge by a metric with "labels".`;
  return [{ code: 'JUDGE_UNCORRECTED', message }];
}

function safetyWarnings({ holdback, endsAt, plan }: Definition): DraftWarning[] {
  const warnings: DraftWarning[] = [];
  if (holdback === 0) {
    warnings.push({
      code: 'NO_HOLDBACK',
      message: 'No holdback: keep 5 to 10 % of units on the present configuration to see long-term effects.',
    });
  }
  if (endsAt === null) {
    warnings.push({
      code: 'NO_END',
      message: `No endsAt: it will end by itself once its maximumDays (${plan.maximumDays}) are over.`,
    });
  }
  return warnings;
}
