import type { Metric } from '../../catalogue/metric.js';
import { designEffect } from '../../statistics/clustered-power.js';
import { normalDensity, normalQuantile } from '../../statistics/distributions.js';
import { insufficient, type Insufficient } from '../../statistics/estimate.js';
import { counted, figure } from '../figure.js';
import type { VariantData } from '../measurement/metric-data.js';
import { withMissingUnits } from '../measurement/missing-units.js';
import { variantEstimate } from '../measurement/variant-estimate.js';
import { planRefusal } from './plan-refusal.js';

/** What is known of a metric before the experiment. */
export interface Baseline {
  /** The metric's figure: its mean, or its quantile. */
  readonly mean: number;
  /** Variance of a variant's figure times its number of units: what one unit contributes, repeated events included. */
  readonly unitVariance: number;
  /** Whether the figure is a share, so that the variance follows from it and changes with it. */
  readonly isShare: boolean;
  /** Where this comes from, with the numbers, as a sentence. */
  readonly origin: string;
}

/** A baseline as a person states it: of the events, not of the units. */
export interface GivenBaseline {
  readonly mean: number;
  /** Over events. */
  readonly standardDeviation?: number | undefined;
  readonly eventsPerUnit?: number | undefined;
  readonly intraclassCorrelation?: number | undefined;
}

/** What the baseline takes of a metric. */
export type BaselineMetric = Pick<Metric, 'key' | 'kind' | 'min' | 'max' | 'quantile'>;

/**
 * The baseline from given figures. Without a standard deviation the mean must be a share; its deviation is √(p (1 − p)),
 * the largest that values between 0 and 1 can have. Without an intraclass correlation all events of a unit count as alike.
 *
 * Unit variance: s² × design effect / events per unit, see `designEffect`; of a quantile q, which is taken to be that of
 * normal values, times q (1 − q) / φ(z_q)².
 * Source: Serfling 1980, Approximation Theorems, section 2.3.3 (quantile).
 *
 * @param metric null = none was named
 * @throws AssayError INVALID_REQUEST when the figures do not fit the metric
 * @example givenBaseline({ mean: 3.9, standardDeviation: 1.2, eventsPerUnit: 10, intraclassCorrelation: 0.3 }, null).unitVariance; // 0.533
 */
export function givenBaseline(given: GivenBaseline, metric: BaselineMetric | null): Baseline {
  const { mean, standardDeviation, eventsPerUnit = 1, intraclassCorrelation = 1 } = given;
  const isShare = standardDeviation === undefined;
  if (isShare) assertShare(given, metric);
  const deviation = standardDeviation ?? Math.sqrt(mean * (1 - mean));
  const effect = designEffect({ eventsPerUnit, intraclassCorrelation });
  const spread = isShare ? 'a share, so its standard deviation is' : 'standard deviation';
  const ofMean = {
    mean,
    unitVariance: (deviation ** 2 * effect) / eventsPerUnit,
    isShare,
    origin: `Baseline: a mean of ${figure(mean)}, ${spread} ${figure(deviation)}, as given${clusters(given, effect)}.`,
  };
  const quantile = metric?.quantile ?? null;
  return metric && quantile !== null ? normalQuantileOf(ofMean, quantile, deviation, metric) : ofMean;
}

/** The quantile of normal values of which the mean is known. */
function normalQuantileOf(
  ofMean: Baseline,
  quantile: number,
  deviation: number,
  { key }: BaselineMetric,
): Baseline {
  const z = normalQuantile(quantile);
  const factor = (quantile * (1 - quantile)) / normalDensity(z) ** 2;
  const mean = ofMean.mean + z * deviation;
  const normal =
    `${key} is a quantile: with values taken as normal, the one at ${figure(quantile)} is ${figure(mean)}, with ` +
    `${figure(factor)} times the variance of the mean; a long tail has more.`;
  return {
    ...ofMean,
    mean,
    unitVariance: ofMean.unitVariance * factor,
    origin: `${ofMean.origin} ${normal}`,
  };
}

function clusters({ eventsPerUnit = 1, intraclassCorrelation }: GivenBaseline, effect: number): string {
  if (eventsPerUnit === 1) return '';
  const events = `; ${figure(eventsPerUnit)} events per unit`;
  return intraclassCorrelation === undefined
    ? `${events} add nothing, as without an intraclassCorrelation they count as all alike (design effect ${figure(effect)})`
    : `${events} with an intraclass correlation of ${figure(intraclassCorrelation)} make a design effect of ${figure(effect)}`;
}

function assertShare(given: GivenBaseline, metric: BaselineMetric | null): void {
  const { mean, eventsPerUnit = 1 } = given;
  const canBeShare =
    metric === null ||
    metric.kind === 'proportion' ||
    (metric.kind !== 'quantile' && metric.min === 0 && metric.max === 1);
  if (!canBeShare) {
    const reason = `is needed, as ${metric.key} is not a share; give the standard deviation of its events, or baseline {"from": "<experiment key>"}`;
    throw planRefusal('/baseline/standardDeviation', reason);
  }
  if (!(mean > 0 && mean < 1)) {
    const reason = `${mean} is no share between 0 and 1, both excluded; give such a share, or a standardDeviation`;
    throw planRefusal('/baseline/mean', reason);
  }
  if (metric?.kind === 'proportion' && eventsPerUnit !== 1) {
    const reason = `${eventsPerUnit} does not apply: ${metric.key} is a proportion, which has one value per unit; leave it out`;
    throw planRefusal('/baseline/eventsPerUnit', reason);
  }
}

/**
 * The baseline from what the control of an experiment has shown, with the variance that its report uses: repeated events
 * of a unit are inside.
 *
 * @example measuredBaseline(control, metric, 'exp_v1'); // { mean: 3.9, unitVariance: 0.64, … }
 */
export function measuredBaseline(
  control: VariantData,
  metric: Metric,
  experiment: string,
): Baseline | Insufficient {
  const data = withMissingUnits({ ...control, rows: null }, metric);
  const estimate = variantEstimate(data, metric);
  if (estimate.status !== 'ok') return estimate;
  const { value: mean, variance, units } = estimate;
  if (!(variance > 0))
    return insufficient(
      `No unit differs from another: ${counted(units, 'unit')} with the value ${figure(mean)}.`,
    );
  const unitVariance = variance * units;
  return {
    mean,
    unitVariance,
    isShare: metric.kind === 'proportion' && mean > 0 && mean < 1,
    origin:
      `Baseline: ${metric.key} of the control of ${experiment}, a mean of ${figure(mean)} with a standard deviation of ` +
      `${figure(Math.sqrt(unitVariance))} per unit, from ${counted(units, 'unit')} whose window is over` +
      `${repeatedEvents(data, metric, unitVariance)}.`,
  };
}

/** How alike the events of a unit were, where units have several events each. */
function repeatedEvents({ moments }: VariantData, { kind }: Metric, unitVariance: number): string {
  const { units, events, eventValueSquares } = moments;
  if (kind !== 'mean' || events <= units || !(eventValueSquares > 0)) return '';
  const effect = (unitVariance * events) / units / (eventValueSquares / (events - 1));
  return `; it counts ${figure(events / units)} events per unit at a design effect of ${figure(effect)}`;
}
