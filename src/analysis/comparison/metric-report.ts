import type { MetricCategory, MetricDirection, MetricKind } from '../../catalogue/metric.js';
import type { Experiment } from '../../experiments/experiment.js';
import { bestVariant } from './best-variant.js';
import { compareVariant, type MetricComparison } from './comparison.js';
import { figure } from '../figure.js';
import type { MetricData, MetricRole } from '../measurement/metric-data.js';
import { withMissingUnits } from '../measurement/missing-units.js';
import type { KeyedEstimate } from '../measurement/variant-estimate.js';
import { estimatesOf, standardisedEstimates } from '../measurement/standardised-estimate.js';
import { describeVariant, type VariantMetric } from '../measurement/variant-metric.js';
import type { Warning } from '../warning.js';

/** One metric of the report. */
export interface MetricReport {
  readonly key: string;
  readonly role: MetricRole;
  readonly category: MetricCategory;
  readonly direction: MetricDirection;
  /** What `mean` and `difference` are figures of. */
  readonly estimand: MetricKind;
  readonly variants: readonly VariantMetric[];
  readonly comparisons: readonly MetricComparison[];
}

export interface MetricResult {
  readonly report: MetricReport;
  readonly warnings: readonly Warning[];
}

/** Observations per variant below which a comparison is shown but marked (the reference article's rule). */
const settledEvents = 1_000;

/**
 * What every variant did on a metric, and how each differs from the control. P-values are not yet corrected for their
 * number: see `correctForNumber`.
 *
 * @example metricReport(data, experiment).report.comparisons[0]?.difference; // 0.21
 */
export function metricReport(data: MetricData, experiment: Experiment): MetricResult {
  const { metric, role } = data;
  const matured = data.matured.map((each) => withMissingUnits(each, metric));
  const estimates = data.strata ? standardisedEstimates(data.strata, metric) : estimatesOf(matured, metric);
  const { comparisons, warnings } = compareAll(data, estimates, experiment);
  const report = {
    key: metric.key,
    role,
    category: metric.category,
    direction: metric.direction,
    estimand: metric.kind,
    variants: data.all.map((each) =>
      describeVariant(
        data,
        each,
        data.matured.find(({ variant }) => variant === each.variant),
        experiment.plan.alpha,
      ),
    ),
    comparisons,
  };
  return {
    report,
    warnings: [
      ...warnings,
      ...gaps(report),
      ...(metric.kind === 'ratio' ? [] : provisionalWarning(metric.key, matured)),
    ],
  };
}

function compareAll(
  { metric, role }: MetricData,
  estimates: readonly KeyedEstimate[],
  { control: controlKey, plan, metrics }: Experiment,
): { comparisons: MetricComparison[]; warnings: Warning[] } {
  const control = estimates.find(({ variant }) => variant === controlKey);
  if (!control) return { comparisons: [], warnings: [] };
  // The minimum effect is in units of the primary metric; money has a limit of its own, the cost ratio.
  const minimumEffect = role === 'primary' && metric.category !== 'cost' ? metrics.minimumEffect : null;
  const chances = bestVariant(estimates, metric.direction);
  const results = estimates
    .filter(({ variant }) => variant !== controlKey)
    .map((treatment) => compareVariant(control, treatment, plan, minimumEffect));
  return {
    comparisons: results.map(({ comparison }) => {
      const chance = chances.find(({ variant }) => variant === comparison.variant);
      return {
        ...comparison,
        probabilityBest: chance?.probabilityBest ?? null,
        expectedLoss: chance?.expectedLoss ?? null,
      };
    }),
    warnings: results.flatMap(({ comparison, reasons }) =>
      reasons.map((reason) =>
        notComputable(`${metric.key}, ${comparison.variant} against ${controlKey}: ${reason}`),
      ),
    ),
  };
}

function notComputable(message: string): Warning {
  return { code: 'NOT_COMPUTABLE', message };
}

/** What is missing from the rows although there are units to say it of. */
function gaps({ key, estimand, variants, comparisons }: MetricReport): Warning[] {
  const unsplit = variants.filter(
    ({ units, withinUnitVariance }) => units > 1 && withinUnitVariance === null,
  );
  const chanceless = comparisons.some(
    ({ pValue, probabilityBest }) => pValue !== null && probabilityBest === null,
  );
  return [
    ...(unsplit.length > 0 && estimand !== 'ratio'
      ? [
          notComputable(
            `${key}: variance within units is unknown where no unit has several events that differ.`,
          ),
        ]
      : []),
    ...(estimand === 'ratio'
      ? [
          notComputable(
            `${key}: a ratio of two metrics has no events of its own, hence no spread and quantiles of them.`,
          ),
        ]
      : []),
    ...(chanceless
      ? [notComputable(`${key}: the chance of being best needs a variance for every variant.`)]
      : []),
  ];
}

function provisionalWarning(key: string, matured: MetricData['matured']): Warning[] {
  const few = matured.filter(({ moments }) => moments.events > 0 && moments.events < settledEvents);
  if (few.length === 0) return [];
  const counts = few.map(({ variant, moments }) => `${variant} ${figure(moments.events)}`).join(', ');
  const message = `${key}: fewer than ${settledEvents} observations (${counts}); read its comparisons as provisional.`;
  return [{ code: 'PROVISIONAL_COMPARISON', message }];
}
