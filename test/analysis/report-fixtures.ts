import { receiptsTogether } from '../../src/generations/receipts/receipts.js';
import type { MetricData, VariantData } from '../../src/analysis/measurement/metric-data.js';
import {
  assembleReport,
  noRecordedLooks,
  type Report,
  type ReportSources,
} from '../../src/analysis/report.js';
import type { Experiment } from '../../src/experiments/experiment.js';
import { experimentWith, firstEpoch } from '../bucketing/experiment-fixtures.js';
import { dataWith, metricWith, totalsWith } from './metric-fixtures.js';

/** Three weeks after the start of `experimentWith()`. */
export const threeWeeksIn = new Date('2026-01-26T00:00:00Z');

export const rating = metricWith({ key: 'user_rating' });
export const cost = metricWith({ key: 'cost_usd', direction: 'decrease', category: 'cost', unit: 'USD' });

/** Units, mean and variance of a variant. */
export type Figures = readonly [units: number, mean: number, variance: number];

/** Control and treatment of those figures. */
export function pair(control: Figures, treatment: Figures): VariantData[] {
  return [totalsWith('control', ...control), totalsWith('treatment', ...treatment)];
}

/** The experiment with a plan for the primary metric. */
export function planned(
  metrics: Partial<Experiment['metrics']> = {},
  plan: Partial<Experiment['plan']> = {},
  changes: Partial<Experiment> = {},
): Experiment {
  const experiment = experimentWith(changes);
  return {
    ...experiment,
    metrics: { ...experiment.metrics, ...metrics },
    plan: { ...experiment.plan, ...plan },
  };
}

/** The sources of a report with sound data, in which as many units were exposed as the first metric has. */
export function sourcesOf(
  experiment: Experiment,
  metrics: readonly MetricData[],
  changes: Partial<ReportSources> = {},
): ReportSources {
  const exposed = (metrics[0]?.all ?? []).map(({ variant, exposed: units }) => ({
    variant,
    epoch: 1,
    units,
  }));
  return {
    experiment,
    epochs: [firstEpoch(experiment)],
    exposed,
    counts: { outcomes: 10, neverExposed: 0, outsideWindow: 0, multipleExposures: 0, deferred: 0 },
    segments: [],
    metrics,
    decisions: [],
    looks: noRecordedLooks,
    archiveWarnings: [],
    judgeWarnings: [],
    pairwise: [],
    receipts: receiptsTogether([], { mode: 'full', share: 1 }, 0),
    timeWarnings: [],
    now: threeWeeksIn,
    ...changes,
  };
}

/** The report on one rating metric. */
export function ratingReport(
  experiment: Experiment,
  control: Figures,
  treatment: Figures,
  changes: Partial<ReportSources> = {},
): Report {
  return assembleReport(sourcesOf(experiment, [dataWith(pair(control, treatment), rating)], changes));
}
