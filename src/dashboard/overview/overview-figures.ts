import type { RecommendedAction } from '../../analysis/recommendation/recommendation.js';
import type { Arrival } from '../../analysis/planning/arrival.js';
import { gravityOf } from '../warning-gravity.js';
import type { Report } from '../../analysis/report.js';
import type { Metric } from '../../catalogue/metric.js';
import type { Experiment } from '../../experiments/experiment.js';
import type { GuardrailVerdict } from '../../guardrails/verdict.js';
import { guardrailLights, type GuardrailLight } from './guardrail-lights.js';
import { primaryFigures, type PrimaryFigures } from './primary-figures.js';
import { dayOf, daysLeft, plannedTotal, type OverviewProgress } from './progress.js';

/** What the overview shows of an experiment's data, at one instant. */
export interface OverviewFigures {
  /** RFC 3339 instant of the report they come from. */
  readonly asOf: string;
  /** By variant: units that met it. */
  readonly units: Readonly<Record<string, number>>;
  readonly primary: PrimaryFigures | null;
  readonly progress: OverviewProgress;
  readonly guardrails: readonly GuardrailLight[];
  readonly health: { readonly srm: boolean; readonly warnings: number };
  readonly recommendation: { readonly action: RecommendedAction; readonly reason: string } | null;
}

/** Everything that figures are made from. */
export interface FiguresSources {
  readonly experiment: Experiment;
  readonly report: Report;
  readonly verdicts: readonly GuardrailVerdict[];
  readonly arrival: Arrival | null;
  /** Units in all variants by the minimum effect and what is known of the metric; null where there is no such plan. */
  readonly unitsByEffect: number | null;
  readonly metricOf: (key: string) => Metric | undefined;
  readonly now: Date;
}

/**
 * The overview's figures of one experiment.
 *
 * @example overviewFigures(sources).primary?.decided; // 'better'
 */
export function overviewFigures(sources: FiguresSources): OverviewFigures {
  const { experiment, report, verdicts, arrival, unitsByEffect, metricOf, now } = sources;
  const { asOf, variants, health, recommendation } = report;
  const units = variants.reduce((sum, variant) => sum + variant.units, 0);
  const primary = report.metrics.find(({ role }) => role === 'primary');
  const needed = { units, unitsNeeded: plannedTotal(experiment, primary) ?? unitsByEffect };
  return {
    asOf,
    units: Object.fromEntries(variants.map((variant) => [variant.key, variant.units])),
    primary: primaryFigures(experiment, report, metricOf),
    progress: {
      ...needed,
      day: dayOf(experiment, now),
      daysLeft: daysLeft(experiment, needed, { arrival, now }),
    },
    guardrails: guardrailLights(experiment.guardrails, verdicts),
    health: { srm: health.srm.mismatch, warnings: tellingWarnings(report) },
    recommendation: { action: recommendation.action, reason: recommendation.reason },
  };
}

/** Warnings that somebody should read; what is merely good to know would drown them. */
function tellingWarnings({ health, recommendation }: Report): number {
  return health.warnings.filter(({ code }) => gravityOf(code, recommendation.action) !== 'note').length;
}
