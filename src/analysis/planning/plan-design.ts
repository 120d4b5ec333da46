import type { Metric } from '../../catalogue/metric.js';
import type { Definition } from '../../experiments/draft-faults.js';
import type { RampStep } from '../../experiments/schedule.js';
import { dayMilliseconds, durationMilliseconds } from '../../operations/duration.js';
import type { AdmittedShare } from './arrival.js';
import type { GivenBaseline } from './baseline.js';
import { planRefusal } from './plan-refusal.js';
import type { SequentialPlan } from './sequential-inflation.js';

/** What is asked; whatever is left out comes from the experiment or has a default. */
export interface PlanRequest {
  readonly experiment?: string | undefined;
  readonly metric?: string | undefined;
  readonly minimumEffect?: number | undefined;
  /** As a share of the baseline's mean. */
  readonly relativeEffect?: number | undefined;
  /** Others whose power is asked for, in the metric's unit. */
  readonly effects?: readonly number[] | undefined;
  /** Figures, or the key of an experiment to take them from. */
  readonly baseline?: (Partial<GivenBaseline> & { readonly from?: string | undefined }) | undefined;
  /** A number, or the key of an experiment to take the arrival of units from. */
  readonly unitsPerDay?: number | { readonly from: string } | undefined;
  readonly variants?: number | undefined;
  /** The control's first. */
  readonly weights?: readonly number[] | undefined;
  readonly alpha?: number | undefined;
  readonly power?: number | undefined;
  readonly sequential?: SequentialPlan | undefined;
  readonly looks: number;
  readonly covariateCorrelation: number;
  readonly coverage?: number | undefined;
  readonly holdback?: number | undefined;
  readonly window?: string | undefined;
  readonly maximumDays?: number | undefined;
  readonly unitsPerVariant?: number | undefined;
}

/** How the experiment is to be run, with every default filled in. */
export interface PlanDesign {
  readonly alpha: number;
  readonly power: number;
  /** Share of the units in each variant, the control first; they add up to 1. */
  readonly shares: readonly number[];
  /** Comparisons that share alpha: treatments, times primary metrics. */
  readonly comparisons: number;
  readonly sequential: SequentialPlan;
  readonly looks: number;
  readonly covariateCorrelation: number;
  readonly admitted: readonly AdmittedShare[];
  readonly windowDays: number;
  readonly maximumDays: number;
  /** Units per variant that the plan says already. */
  readonly plannedUnits: number | null;
  /** Whether a bandit will move the weights. */
  readonly isBandit: boolean;
}

/**
 * The design of a request, with what it leaves out taken from the experiment, and from the defaults of one else.
 *
 * @param metric null = none was named
 * @throws AssayError INVALID_REQUEST where the parts do not fit together
 * @example planDesign({ looks: 14, covariateCorrelation: 0 }, null, null).shares; // [0.5, 0.5]
 */
export function planDesign(
  request: PlanRequest,
  experiment: Definition | null,
  metric: Metric | null,
): PlanDesign {
  const plan = experiment?.plan;
  const { alpha = plan?.alpha ?? 0.05, power = plan?.power ?? 0.8 } = request;
  if (alpha >= power)
    throw planRefusal('/power', `${power} is not above alpha ${alpha}, which chance alone gives; raise it`);
  assertAdjustable(request, metric);
  const shares = sharesOf(request, experiment);
  const primaries = experiment?.metrics.primary ?? [];
  const isBandit = experiment?.allocation.mode === 'bandit';
  const rivals = metric && primaries.includes(metric.key) ? primaries.length : 1;
  return {
    alpha,
    power,
    shares,
    comparisons: (shares.length - 1) * rivals,
    sequential: request.sequential ?? (isBandit ? 'open' : 'planned'),
    looks: request.looks,
    covariateCorrelation: request.covariateCorrelation,
    admitted: admittedShares(request, experiment),
    windowDays: daysOf(request.window ?? experiment?.metrics.window ?? 'P7D'),
    maximumDays: request.maximumDays ?? plan?.maximumDays ?? 60,
    plannedUnits: request.unitsPerVariant ?? plan?.unitsPerVariant ?? null,
    isBandit,
  };
}

function assertAdjustable({ covariateCorrelation }: PlanRequest, metric: Metric | null): void {
  if (covariateCorrelation === 0 || metric?.kind !== 'quantile') return;
  const reason = `${covariateCorrelation} does not apply: ${metric.key} is a quantile, which no covariate adjusts; leave it out`;
  throw planRefusal('/covariateCorrelation', reason);
}

function sharesOf({ variants, weights }: PlanRequest, experiment: Definition | null): number[] {
  if (weights) return normalised(weights);
  if (variants !== undefined || !experiment)
    return Array.from({ length: variants ?? 2 }, () => 1 / (variants ?? 2));
  const served = experiment.variants.filter(({ weight }) => weight > 0);
  const control = served.find(({ key }) => key === experiment.control);
  if (!control || served.length < 2) {
    const reason = `of ${experiment.key} leave nothing to compare with its control; give weights here, the control's first`;
    throw planRefusal('/weights', reason);
  }
  return normalised(
    [control, ...served.filter((variant) => variant !== control)].map(({ weight }) => weight),
  );
}

function normalised(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function admittedShares(request: PlanRequest, experiment: Definition | null): AdmittedShare[] {
  const compared = 1 - (request.holdback ?? experiment?.holdback ?? 0) / 100;
  // A coverage that is asked for takes the place of the whole ramp; what is past of a ramp is in the arrival.
  const isAhead = request.coverage === undefined && experiment?.startedAt === null;
  const ramp: readonly RampStep[] = isAhead ? experiment.ramp : [];
  const { coverage = experiment?.coverage ?? 100 } = request;
  const steps = ramp.length > 0 ? ramp : [{ after: 'P0D', coverage }];
  return steps.map((step) => ({ fromDay: daysOf(step.after), share: (step.coverage / 100) * compared }));
}

function daysOf(duration: string): number {
  return durationMilliseconds(duration) / dayMilliseconds;
}

/**
 * The smallest effect to find, in the metric's unit: as asked, as a share of the mean, or from the experiment's plan,
 * which speaks of its primary metrics other than cost.
 *
 * @param metric null = none was named
 * @throws AssayError INVALID_REQUEST when there is none, or the share is of 0
 * @example effectOf({ ...request, relativeEffect: 0.05 }, null, null, 4); // 0.2
 */
export function effectOf(
  { minimumEffect, relativeEffect }: PlanRequest,
  experiment: Definition | null,
  metric: Metric | null,
  mean: number,
): number {
  if (minimumEffect !== undefined) return minimumEffect;
  if (relativeEffect !== undefined) {
    if (mean === 0) {
      const reason = `${relativeEffect} of a mean of 0 is nothing; give minimumEffect, in the metric's own unit`;
      throw planRefusal('/relativeEffect', reason);
    }
    return relativeEffect * Math.abs(mean);
  }
  const planned = plannedEffect(experiment, metric);
  if (planned !== null) return planned;
  const reason = `is missing${experiment ? `, and ${experiment.key} has none for this metric` : ''}; give the smallest difference worth finding, in the metric's unit, or relativeEffect as a share of the mean`;
  throw planRefusal('/minimumEffect', reason);
}

/**
 * The experiment's own minimum effect, where it is about this metric.
 *
 * @example plannedEffect(experiment, metric); // 0.1
 */
export function plannedEffect(experiment: Definition | null, metric: Metric | null): number | null {
  if (!experiment || !metric || metric.category === 'cost') return null;
  return experiment.metrics.primary.includes(metric.key) ? experiment.metrics.minimumEffect : null;
}
