import { counted, figure } from '../figure.js';
import type { Metric } from '../../catalogue/metric.js';
import type { Arrival } from './arrival.js';
import type { Baseline } from './baseline.js';
import type { PlanDesign } from './plan-design.js';
import type { Sizing } from './required-units.js';

/**
 * What a plan takes for granted, a sentence each, with the numbers.
 *
 * @param arrival null = unknown
 * @example assumptions(design, sizing, baseline, arrival)[0]; // 'Baseline: a mean of 3.9, …'
 */
export function assumptions(
  design: PlanDesign,
  { alpha, inflation }: Pick<Sizing, 'alpha' | 'inflation'>,
  baseline: Baseline,
  arrival: Arrival | null,
): string[] {
  return [
    baseline.origin,
    ...(arrival ? [arrival.origin, ...admission(design)] : []),
    `A unit counts once its window of ${days(design.windowDays)} is over.`,
    certainty(design, alpha),
    repeatedLooks(design, inflation),
    ...covariate(design),
    ...(design.isBandit
      ? ['The bandit will move the weights; these figures are for the weights it starts from.']
      : []),
  ];
}

/**
 * A number of days as a sentence shows it.
 *
 * @example days(1); // '1 day'
 */
export function days(count: number): string {
  return counted(count, 'day');
}

/**
 * What a plan supposes of a judge's scores that people's labels correct; nothing of any other metric.
 *
 * @example judgement(metric)[0]; // 'quality_score is corrected by the labels in expert_score: planned as if …'
 */
export function judgement(metric: Pick<Metric, 'key' | 'labels'> | null): string[] {
  if (!metric || metric.labels === null) return [];
  return [
    `${metric.key} is corrected by the labels in ${metric.labels}: planned as if every interaction were labelled; ` +
      'the fewer are, the more units it takes.',
  ];
}

function admission({ admitted }: PlanDesign): string[] {
  const last = admitted.at(-1)?.share ?? 0;
  if (admitted.length === 1 && last === 1) return [];
  const steps = admitted
    .slice(0, -1)
    .map(({ fromDay, share }) => `${figure(share * 100)} % from day ${figure(fromDay)}`);
  const from = admitted.length > 1 ? ` from day ${figure(admitted.at(-1)?.fromDay ?? 0)}` : '';
  return [`Of these, ${[...steps, `${figure(last * 100)} %${from}`].join(', ')} are let in and compared.`];
}

function certainty({ alpha, power, comparisons }: PlanDesign, each: number): string {
  const test = `Two-sided tests at alpha ${figure(alpha)} with a power of ${figure(power)}`;
  return comparisons === 1
    ? `${test}; one comparison, so nothing to correct.`
    : `${test}; ${comparisons} comparisons share alpha, and the report corrects them by Holm's method, whose hardest ` +
        `step is alpha / ${comparisons} = ${figure(each)}.`;
}

function repeatedLooks({ sequential, looks }: PlanDesign, inflation: number): string {
  const factor = figure(inflation);
  switch (sequential) {
    case 'none':
      return 'One look, at the end, so nothing is added for repeated looks.';
    case 'planned':
      return (
        `${counted(looks, 'planned look')}, group sequential with O'Brien-Fleming spending: ${factor} times the units of a single ` +
        'look. The report plans its looks once plan.unitsPerVariant is set.'
      );
    case 'open':
      return `Looks at any time, by the confidence sequence: ${factor} times the units of a single look.`;
  }
}

function covariate({ covariateCorrelation }: PlanDesign): string[] {
  if (covariateCorrelation === 0) return [];
  const factor = figure(1 - covariateCorrelation ** 2);
  return [
    `A covariate known beforehand (CUPED), correlated ${figure(covariateCorrelation)} with the metric: ${factor} times the units.`,
  ];
}
