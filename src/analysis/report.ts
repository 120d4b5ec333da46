import type { Experiment, Status } from '../experiments/experiment.js';
import type { WeightEpoch } from '../experiments/weight-epoch.js';
import { byChain } from '../experiments/leaves.js';
import type { Receipts } from '../generations/receipts/receipts.js';
import type { PairwiseResult } from '../metrics/pairwise-result.js';
import type { PathCount } from '../metrics/leaf-candidates.js';
import type { ExposedTotal } from '../metrics/totals.js';
import { correctForNumber } from './comparison/correct-for-number.js';
import { exposureHealth, type ExposureSources, type VariantShare } from './health/exposure-health.js';
import type { Health } from './health/health.js';
import { receiptWarnings } from './health/receipt-warnings.js';
import { leafReport, type LeafReport } from './leaf-report.js';
import type { MetricData } from './measurement/metric-data.js';
import { metricReport, type MetricReport, type MetricResult } from './comparison/metric-report.js';
import { recommend, type Recommendation } from './recommendation/recommendation.js';
import {
  deviations,
  missingFromPlan,
  registration,
  type Deviation,
  type PastDecision,
  type Registration,
} from './registration.js';
import type { AsServed } from './as-served/as-served.js';
import type { Warning } from './warning.js';
import type { RecordedLook } from './comparison/sequential-comparison.js';
import type { SequentialMemory } from './comparison/sequential-memory.js';

/** What is known of an experiment at one moment, and what to do about it. */
export interface Report {
  readonly experiment: string;
  readonly status: Status;
  /** RFC 3339 instant of the report. */
  readonly asOf: string;
  /** Number of the present weight epoch; null before the start. */
  readonly epoch: number | null;
  /** How many looks were recorded before, and when the last: only these count towards repeated testing. */
  readonly looks: { readonly recorded: number; readonly lastAt: string | null };
  readonly registration: Registration;
  /** What keeps the report from being confirmatory; empty when it is. */
  readonly missingFromPlan: readonly string[];
  /** Fingerprint of the plan, taken at the start; null before, and for imported data. */
  readonly planHash: string | null;
  readonly deviations: readonly Deviation[];
  readonly health: Health;
  readonly variants: readonly VariantShare[];
  /** What a bandit serves to which segments; null where everyone has the same weights. */
  readonly leaves: LeafReport | null;
  readonly metrics: readonly MetricReport[];
  /** Whose answers the judge prefers to the control's on the same inputs; nothing rests on it. Empty where it compares none. */
  readonly pairwise: readonly PairwiseResult[];
  /** The primary metrics by the config that really answered; nothing rests on it. Empty where no fallback did. */
  readonly asServed: readonly AsServed[];
  readonly recommendation: Recommendation;
}

/** Everything that a report is made from. */
export interface ReportSources extends ExposureSources {
  /** All weight epochs, those of leaves too, oldest first. */
  readonly epochs: readonly WeightEpoch[];
  /** Units by the values of the attributes that a bandit parts them by. */
  readonly leafCounts?: readonly PathCount[];
  readonly decisions: readonly PastDecision[];
  readonly looks: LooksSoFar;
  /** What is missing because raw outcomes have left the database. */
  readonly archiveWarnings: readonly Warning[];
  readonly judgeWarnings: readonly Warning[];
  readonly pairwise: readonly PairwiseResult[];
  /** What was really served. */
  readonly receipts: Receipts;
  /** Answers by the config that gave them. @default none */
  readonly asServed?: readonly AsServed[];
  /** What time does to the effects. */
  readonly timeWarnings: readonly Warning[];
  readonly now: Date;
}

/** The recorded looks up to now. */
export interface LooksSoFar {
  readonly recorded: number;
  /** When the last was taken; null before the first. */
  readonly lastAt: Date | null;
  /** What they have shown together. */
  readonly memory: SequentialMemory;
  /** The warnings of the last. */
  readonly warnings: readonly Warning[];
}

/** Before the first look. */
export const noRecordedLooks: LooksSoFar = { recorded: 0, lastAt: null, memory: {}, warnings: [] };

/** The report as it is recorded at a look, and what all looks up to it have shown together. */
export interface LookResult {
  readonly report: Report;
  readonly memory: SequentialMemory;
}

/**
 * The whole report: data health first, then metrics by role with corrected p-values, then the recommendation. Pure, so
 * the same sources give the same report.
 *
 * @param results what {@link readMetric} says of each metric, in their order
 * @example assembleReport(sources).recommendation.action; // 'SHIP'
 */
export function assembleReport(
  sources: ReportSources,
  results: readonly MetricResult[] = sources.metrics.map((data) => readMetric(sources, data)),
): Report {
  return assemble(sources, results).report;
}

/**
 * The report of a look that is being recorded, with what is to be remembered of it.
 *
 * @example takeLook(sources, true).memory;
 */
export function takeLook(sources: ReportSources, planned: boolean): LookResult {
  const { memory } = sources.looks;
  const look: RecordedLook = { at: sources.now.toISOString(), planned };
  return assemble(
    sources,
    sources.metrics.map((data) => metricReport(data, sources.experiment, { memory, look })),
  );
}

/** What a report says of one metric: the part that takes time. For a caller who lets others in between. */
export function readMetric({ experiment, looks }: ReportSources, data: MetricData): MetricResult {
  return metricReport(data, experiment, { memory: looks.memory, look: null });
}

function assemble(sources: ReportSources, results: readonly MetricResult[]): LookResult {
  const { experiment, epochs, now, looks } = sources;
  const { memory } = looks;
  const test = epochs.filter(({ phase }) => phase === 0);
  const unitsIn = unitsByEpoch(sources.exposed, experiment);
  const metrics = correctForNumber(
    results.map(({ report }) => report),
    experiment,
  );
  const { health, variants } = exposureHealth(sources, test);
  const warnings = [...health.warnings, ...warningsOf(sources, results)];
  const complete = { ...health, receipts: sources.receipts, warnings };
  const report: Report = {
    experiment: experiment.key,
    status: experiment.status,
    asOf: now.toISOString(),
    epoch: byChain(epochs).epochs.at(-1)?.number ?? null,
    looks: { recorded: looks.recorded, lastAt: looks.lastAt?.toISOString() ?? null },
    registration: registration(experiment),
    missingFromPlan: missingFromPlan(experiment),
    planHash: experiment.planHash,
    deviations: deviations(experiment, test, sources.decisions, (epoch) => unitsIn.get(epoch) ?? 0),
    health: complete,
    variants,
    leaves: leafReport(experiment, test, sources.exposed, sources.leafCounts ?? []),
    metrics,
    pairwise: sources.pairwise,
    asServed: sources.asServed ?? [],
    recommendation: recommend(experiment, complete, metrics, now),
  };
  const remembered = results.map((result) => [result.report.key, result.memory] as const);
  return { report, memory: { ...memory, ...Object.fromEntries(remembered) } };
}

function warningsOf(sources: ReportSources, results: readonly MetricResult[]): Warning[] {
  return [
    ...sources.archiveWarnings,
    ...receiptWarnings(sources.receipts),
    ...sources.judgeWarnings,
    ...results.flatMap(({ warnings }) => warnings),
    ...unknownSpread(results.map((result) => result.report)),
    ...sources.timeWarnings,
  ];
}

/** One warning for all metrics whose events do not tell how much a unit differs from itself. */
function unknownSpread(metrics: readonly MetricReport[]): Warning[] {
  const keys = metrics
    .filter(({ variants }) =>
      variants.some(({ units, withinUnitVariance }) => units > 1 && withinUnitVariance === null),
    )
    .map(({ key }) => key);
  if (keys.length === 0) return [];
  const message =
    `How much a unit's values differ from each other is not known for ${keys.join(', ')}: that takes units with several ` +
    'events that differ. Comparisons do not need it.';
  return [{ code: 'NOT_COMPUTABLE', message }];
}

/** Units that met a variant, by the number of the epoch. */
function unitsByEpoch(exposed: readonly ExposedTotal[], { variants }: Experiment): Map<number, number> {
  const keys = new Set(variants.map(({ key }) => key));
  const counts = new Map<number, number>();
  for (const { variant, epoch, units } of exposed)
    if (keys.has(variant)) counts.set(epoch, (counts.get(epoch) ?? 0) + units);
  return counts;
}
