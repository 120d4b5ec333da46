import type { Metric } from '../../catalogue/metric.js';
import type { JudgedSample } from '../../metrics/judged-sample.js';
import { clusteredPredictionPowered } from '../../statistics/clustered-prediction-powered.js';
import { insufficient } from '../../statistics/estimate.js';
import type { KeyedEstimate } from './keyed-estimate.js';

/** Fewer labels say too little of a judge's errors to correct them. */
export const leastLabels = 30;

/** A variant's figure with what it rests on. */
export interface JudgedEstimate extends KeyedEstimate {
  /** Interactions that people labelled. */
  readonly labels: number;
  /** How far the judge was relied on beside the labels: 0 not at all, 1 fully; null = there is no figure. */
  readonly reliance: number | null;
}

/**
 * Each variant's mean as people would give it: a judge's scores, corrected by people's labels of some of the same
 * interactions (PPI++), within each variant, for a judge may favour one. Units are clusters; under kind `mean-per-unit`
 * every unit counts the same, else every interaction. The figure is on the scale of the labels.
 *
 * @example judgedEstimates(await store.rows(query), judgeScore)[0]; // { variant: 'control', labels: 310, reliance: 0.8, estimate: … }
 */
export function judgedEstimates(
  samples: readonly JudgedSample[],
  { kind }: Pick<Metric, 'kind'>,
): JudgedEstimate[] {
  return samples.map(({ variant, units }) => {
    const labels = units.reduce((sum, { labelled }) => sum + labelled, 0);
    if (labels < leastLabels) {
      const estimate = insufficient(`${labels} labels by people, and ${leastLabels} are needed.`);
      return { variant, estimate, labels, reliance: null };
    }
    const estimate = clusteredPredictionPowered(units, kind === 'mean-per-unit' ? 'unit' : 'interaction');
    if (estimate.status !== 'ok') return { variant, estimate, labels, reliance: null };
    const { status, value, variance, units: labelledUnits, reliance } = estimate;
    return { variant, estimate: { status, value, variance, units: labelledUnits }, labels, reliance };
  });
}
