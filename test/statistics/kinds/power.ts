import { arcsineEffect, unitsForArcsineEffect } from '../../../src/statistics/arcsine-effect.js';
import { clusteredUnits } from '../../../src/statistics/clustered-power.js';
import { varianceComponents } from '../../../src/statistics/intraclass-correlation.js';
import { additionalData, additionalDataForSequence } from '../../../src/statistics/mid-run-power.js';
import { powerOfMean, unitsForMean, unitsForProportion } from '../../../src/statistics/power.js';
import { rowOf } from '../unit-rows.js';
import type { Answers } from './kind.js';

interface MeanDesign {
  readonly effect_size_d: number;
  readonly alpha: number;
  readonly power?: number;
  readonly n_a: number;
  readonly ratio_nb_over_na: number;
}

function ofMean({ effect_size_d, alpha, power, n_a, ratio_nb_over_na }: MeanDesign): object {
  if (power === undefined) {
    const design = { effectSize: effect_size_d, control: n_a, treatment: n_a * ratio_nb_over_na, alpha };
    return { power: powerOfMean(design) };
  }
  const units = unitsForMean({
    effect: effect_size_d,
    standardDeviation: 1,
    alpha,
    power,
    ratio: ratio_nb_over_na,
  });
  return { n_a: units.control, n_b: units.treatment };
}

interface EqualDesign {
  readonly delta: number;
  readonly sd: number;
  readonly alpha: number;
  readonly power: number;
}

interface ProportionDesign {
  readonly p_a: number;
  readonly p_b: number;
  readonly alpha: number;
  readonly power: number;
}

function ofProportion({ p_a: from, p_b: to, alpha, power }: ProportionDesign): object {
  const plan = { from, to, alpha, power };
  return {
    n_per_arm_normal: unitsForProportion(plan).control,
    n_per_arm_arcsine: unitsForArcsineEffect(plan),
    effect_h: arcsineEffect(from, to),
  };
}

interface ClusteredDesign {
  readonly sd_event: number;
  readonly mde: number;
  readonly alpha: number;
  readonly power: number;
  readonly ratio_nb_over_na: number;
  readonly events_per_user: number;
  readonly icc: number;
  readonly cv_cluster_size: number;
  readonly covariate_correlation: number;
  readonly arms: number;
}

function ofClusters(design: ClusteredDesign): object {
  const units = clusteredUnits({
    effect: design.mde,
    standardDeviation: design.sd_event,
    alpha: design.alpha,
    power: design.power,
    ratio: design.ratio_nb_over_na,
    eventsPerUnit: design.events_per_user,
    intraclassCorrelation: design.icc,
    variation: design.cv_cluster_size,
    covariateCorrelation: design.covariate_correlation,
    variants: design.arms,
  });
  return { design_effect: units.designEffect, events_a: units.events, users_a: units.units };
}

interface TotalDesign {
  readonly kind: 'mean' | 'prop';
  readonly alpha: number;
  readonly power: number;
  readonly mde: number;
  readonly variance: number;
  readonly p: number;
}

function ofTotal({ kind, alpha, power, mde: effect, variance, p }: TotalDesign): object {
  const standardDeviation = Math.sqrt(kind === 'mean' ? variance : p * (1 - p));
  const { control, treatment } = unitsForMean({ effect, standardDeviation, alpha, power });
  return { n_total: control + treatment };
}

function ofVarianceComponents({ users }: { readonly users: readonly (readonly number[])[] }): object {
  const result = varianceComponents(users.map(rowOf));
  if (result.status !== 'ok') return result;
  return {
    ms_between: result.betweenMeanSquare,
    ms_within: result.withinMeanSquare,
    n0: result.averageEvents,
    icc: result.intraclassCorrelation,
    f: result.betweenMeanSquare / result.withinMeanSquare,
  };
}

interface Group {
  readonly n: number;
  readonly sum: number;
  readonly sum_squares: number;
}

interface MidRunDesign {
  readonly a: Group;
  readonly b: Group;
  readonly alpha: number;
  readonly target_power: number;
  readonly mde: number;
  readonly sequential: boolean;
  readonly tuning: number;
}

function ofMidRun({
  a,
  b,
  alpha,
  target_power: power,
  mde: effect,
  sequential,
  tuning,
}: MidRunDesign): object {
  const [meanA, meanB] = [a.sum / a.n, b.sum / b.n];
  const varianceOf = ({ n, sum, sum_squares }: Group): number => (sum_squares - sum ** 2 / n) / (n - 1) / n;
  // Delta method around b / a, as the source program does.
  const standardError = Math.sqrt(varianceOf(b) / meanA ** 2 + (varianceOf(a) * meanB ** 2) / meanA ** 4);
  const run = { effect, standardError, alpha, power };
  const factor = sequential ? additionalDataForSequence(run, (a.n + b.n) / tuning) : additionalData(run);
  return { scaling_factor: factor, meaning: 'additional users = scaling_factor * users so far' };
}

export const powerKinds: Answers = {
  power_t: ofMean,
  power_t_equal_n: ({ delta, sd, alpha, power }: EqualDesign) => ({
    n_per_arm: unitsForMean({ effect: delta, standardDeviation: sd, alpha, power }).control,
  }),
  power_prop: ofProportion,
  power_clustered: ofClusters,
  gb_mid_power: ofMidRun,
  spotify_sample_size: ofTotal,
  icc_anova: ofVarianceComponents,
};
