import type { Metric, MetricCategory, MetricDirection, MetricKind } from '../../catalogue/metric.js';
import type { Experiment } from '../../experiments/experiment.js';
import { figure, percentage } from '../figure.js';
import { gatherEvidence } from '../measurement/gather-evidence.js';
import type { BinaryCell, MetricData, MetricRole } from '../measurement/metric-data.js';
import type { Estimator, MetricEvidence } from '../measurement/metric-evidence.js';
import { withMissingUnits } from '../measurement/missing-units.js';
import { describeVariant, type VariantMetric } from '../measurement/variant-metric.js';
import type { Warning } from '../warning.js';
import { bestVariant, type BestChance } from './best-variant.js';
import { compareVariant, type ComparisonResult, type MetricComparison } from './comparison.js';
import type { RecordedLook } from './sequential-comparison.js';
import { recall, type ComparisonMemory, type SequentialMemory } from './sequential-memory.js';
import type { SequentialMethod } from './sequential-memory.js';
import { sequentialMethod } from './sequential-method.js';

/** One metric of the report. */
export interface MetricReport {
  readonly key: string;
  readonly role: MetricRole;
  readonly category: MetricCategory;
  readonly direction: MetricDirection;
  /** What `mean` and `difference` are figures of. */
  readonly estimand: MetricKind;
  /** How the figures were made comparable. */
  readonly estimator: Estimator;
  /** What was taken out of the differences; null without a covariate. */
  readonly covariate: string | null;
  /** What keeps its comparisons valid under repeated looks. */
  readonly method: SequentialMethod;
  readonly variants: readonly VariantMetric[];
  readonly comparisons: readonly MetricComparison[];
  /** Every variant's chance of being the best, the control's too. */
  readonly best: readonly BestChance[];
}

export interface MetricResult {
  readonly report: MetricReport;
  readonly warnings: readonly Warning[];
  /** By treatment: what is remembered of the comparison once the look is recorded. */
  readonly memory: Readonly<Record<string, ComparisonMemory>>;
}

/** What the looks before have shown, and the look that is being recorded; null for a reader. */
export interface LookContext {
  readonly memory: SequentialMemory;
  readonly look: RecordedLook | null;
}

/** Somebody reads, before any look was recorded. */
const reading: LookContext = { memory: {}, look: null };

/** Observations per variant below which a comparison is shown but marked (the reference article's rule). */
const settledEvents = 1_000;

/** Share of units below which a covariate that was planned is hardly there. */
const halfKnown = 0.5;

/**
 * What every variant did on a metric, and how each differs from the control. P-values are not yet corrected for their
 * number: see `correctForNumber`.
 *
 * @example metricReport(data, experiment).report.comparisons[0]?.difference; // 0.21
 */
export function metricReport(
  data: MetricData,
  experiment: Experiment,
  context: LookContext = reading,
): MetricResult {
  const { metric, role } = data;
  const evidence = gatherEvidence(data, experiment.control, experiment.plan.alpha);
  const method = sequentialMethod(experiment, data, evidence.estimator, context.memory[metric.key]);
  const results = compareAll(data, evidence, method, experiment, context);
  const best = bestVariant(evidence.estimates, metric.direction, evidence.posteriors);
  const report: MetricReport = {
    key: metric.key,
    role,
    category: metric.category,
    direction: metric.direction,
    estimand: metric.kind,
    estimator: evidence.estimator,
    covariate: evidence.estimator === 'covariate-adjusted' ? (data.adjusted?.covariate ?? null) : null,
    method,
    variants: describeVariants(data, experiment.plan.alpha),
    comparisons: withChances(results, best),
    best,
  };
  return {
    report,
    warnings: [
      ...missingParts(metric.key, results),
      ...unknownCovariate(data),
      ...pooledAcrossWeights(data),
      ...missingChances(report),
      ...(metric.kind === 'ratio' ? [] : provisionalWarning(metric, data.matured)),
    ],
    memory: Object.fromEntries(results.map(({ comparison, memory }) => [comparison.variant, memory])),
  };
}

function describeVariants(data: MetricData, alpha: number): VariantMetric[] {
  const maturedOf = (key: string) => data.matured.find(({ variant }) => variant === key);
  return data.all.map((each) => describeVariant(data, each, maturedOf(each.variant), alpha));
}

function compareAll(
  data: MetricData,
  evidence: MetricEvidence,
  method: SequentialMethod,
  experiment: Experiment,
  { memory, look }: LookContext,
): ComparisonResult[] {
  const { metric, role } = data;
  const { plan, metrics } = experiment;
  const control = evidence.estimates.find(({ variant }) => variant === experiment.control);
  if (!control) return [];
  // The minimum effect is in units of the primary metric; money has a limit of its own, the cost ratio.
  const minimumEffect = role === 'primary' && metric.category !== 'cost' ? metrics.minimumEffect : null;
  const place = (variant: string) => experiment.variants.findIndex(({ key }) => key === variant);
  return evidence.estimates
    .filter(({ variant }) => variant !== experiment.control)
    .map((treatment) =>
      compareVariant({
        control,
        treatment,
        compared: evidence.compare(control, treatment),
        plan,
        minimumEffect,
        method,
        cells: cellsOf(data, place(experiment.control), place(treatment.variant)),
        memory: recall(memory, metric.key, treatment.variant),
        look,
      }),
    );
}

/** The cells of two variants alone. */
function cellsOf({ cells }: MetricData, control: number, treatment: number): BinaryCell[] {
  const both = (values: readonly number[]) => [values[control] ?? 0, values[treatment] ?? 0];
  return (cells ?? []).map(({ propensities, units, successes }) => ({
    propensities: both(propensities),
    units: both(units),
    successes: both(successes),
  }));
}

function withChances(results: readonly ComparisonResult[], best: readonly BestChance[]): MetricComparison[] {
  return results.map(({ comparison }) => {
    const chance = best.find(({ variant }) => variant === comparison.variant);
    return {
      ...comparison,
      probabilityBest: chance?.probabilityBest ?? null,
      expectedLoss: chance?.expectedLoss ?? null,
    };
  });
}

function notComputable(message: string): Warning {
  return { code: 'NOT_COMPUTABLE', message };
}

/** Why parts of comparisons are missing. */
function missingParts(key: string, results: readonly ComparisonResult[]): Warning[] {
  return results.flatMap(({ comparison: { variant, against }, reasons }) =>
    reasons.map((reason) => notComputable(`${key}, ${variant} against ${against}: ${reason}`)),
  );
}

/** Figures made from events directly take all units at once. */
function pooledAcrossWeights({ metric, special, periods }: MetricData): Warning[] {
  if (!special || !periods) return [];
  const message =
    `${metric.key}: the weights changed while units came, and this metric is compared over all units at once; ` +
    'a change over time may pass for a difference between variants.';
  return [{ code: 'WEIGHTS_NOT_ACCOUNTED', message }];
}

function unknownCovariate({ metric, adjusted }: MetricData): Warning[] {
  if (!adjusted || adjusted.known >= halfKnown) return [];
  const message =
    `${metric.key}: the covariate ${adjusted.covariate} is known of ${percentage(adjusted.known)} of units, so it sharpens ` +
    'little. It must be sent as an attribute of the first assignment, or recorded before it.';
  return [{ code: 'COVARIATE_UNKNOWN', message }];
}

/** That there are comparisons without chances of being best. */
function missingChances({ key, comparisons }: MetricReport): Warning[] {
  const chanceless = comparisons.some(
    ({ pValue, probabilityBest }) => pValue !== null && probabilityBest === null,
  );
  return chanceless
    ? [notComputable(`${key}: the chance of being best needs a variance for every variant.`)]
    : [];
}

function provisionalWarning(metric: Metric, data: MetricData['matured']): Warning[] {
  const matured = data.map((each) => withMissingUnits(each, metric));
  const few = matured.filter(({ moments }) => moments.events > 0 && moments.events < settledEvents);
  if (few.length === 0) return [];
  const counts = few.map(({ variant, moments }) => `${variant} ${figure(moments.events)}`).join(', ');
  const message = `${metric.key}: fewer than ${settledEvents} observations (${counts}); read its comparisons as provisional.`;
  return [{ code: 'PROVISIONAL_COMPARISON', message }];
}
