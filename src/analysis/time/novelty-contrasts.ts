import type { Metric } from '../../catalogue/metric.js';
import type { ContrastCell } from '../../statistics/repeated-contrast.js';
import type { VariantData } from '../measurement/metric-data.js';
import { withMissingUnits } from '../measurement/missing-units.js';
import type { WeightPeriod } from '../measurement/weight-periods.js';
import { leastPartUnits } from './part-effect.js';
import type { SinceExposure } from './since-exposure.js';
import { strataOf, type Pair } from './strata.js';

/** Days of the first week, and how many days make a week to compare with it. */
const week = 7;

/** A day since exposure under one set of weights, in which both variants have a figure. */
export interface NoveltyCell {
  readonly day: number;
  readonly epochs: readonly number[];
  /** 1 / (1 / U_c + 1 / U_t): how much the cell says. */
  readonly size: number;
  readonly control: Omit<ContrastCell, 'coefficient'>;
  readonly treatment: Omit<ContrastCell, 'coefficient'>;
}

/** What is asked of the days. */
export type NoveltyQuestion = 'first' | 'later' | 'change' | 'slope';

/** A weighted sum of the differences by day. */
export interface NoveltyContrast {
  readonly question: NoveltyQuestion;
  /** One for each cell of the plan. */
  readonly coefficients: readonly number[];
}

/** Which days are compared, and how. */
export interface NoveltyPlan {
  readonly metric: Metric;
  readonly pair: Pair;
  readonly cells: readonly NoveltyCell[];
  /** First day that counts as later. */
  readonly split: number;
  readonly test: 'first-week-against-later' | 'slope';
  readonly contrasts: readonly NoveltyContrast[];
}

/**
 * How to compare the days since exposure on which both variants have enough units; null with fewer than two such days.
 *
 * Each day and set of weights weighs by its units, never by its outcomes, so no weight leans towards a result.
 *
 * @example planNovelty(metric, pair, since, periods, 7)?.test; // 'slope'
 */
export function planNovelty(
  metric: Metric,
  pair: Pair,
  since: SinceExposure,
  periods: readonly WeightPeriod[],
  days: number,
): NoveltyPlan | null {
  const cells = Array.from({ length: days }, (_, day) => cellsOf(metric, pair, since, periods, day)).flat();
  const present = [...new Set(cells.map(({ day }) => day))];
  if (present.length < 2) return null;
  const [first = 0, last = 0] = [present[0], present.at(-1)];
  const byWeeks = first < week && last >= 2 * week - 1;
  const split = byWeeks ? week : (present[Math.floor(present.length / 2)] ?? 1);
  return {
    metric,
    pair,
    cells,
    split,
    test: byWeeks ? 'first-week-against-later' : 'slope',
    contrasts: contrastsOf(cells, split),
  };
}

function cellsOf(
  metric: Metric,
  pair: Pair,
  { days }: SinceExposure,
  periods: readonly WeightPeriod[],
  day: number,
): NoveltyCell[] {
  const cells = strataOf(days, pair, metric.key, periods, (each) => each === day).flatMap((stratum) => {
    const control = withMissingUnits(stratum.control, metric);
    const treatment = withMissingUnits(stratum.treatment, metric);
    const [units, others] = [control.moments.units, treatment.moments.units];
    if (Math.min(units, others) < 2) return [];
    const sides = { control: sumsOf(control, metric), treatment: sumsOf(treatment, metric) };
    const { epochs } = stratum;
    return [{ day, epochs, size: 1 / (1 / units + 1 / others), ...sides, units, others }];
  });
  const total = (of: (cell: (typeof cells)[number]) => number) =>
    cells.reduce((sum, cell) => sum + of(cell), 0);
  if (
    Math.min(
      total(({ units }) => units),
      total(({ others }) => others),
    ) < leastPartUnits
  )
    return [];
  return cells.map(({ units: _, others: __, ...cell }) => cell);
}

/** Numerator and denominator of the metric's figure. */
function sumsOf({ moments }: VariantData, { kind }: Metric): Omit<ContrastCell, 'coefficient'> {
  return kind === 'mean'
    ? { numerator: moments.sum, denominator: moments.events }
    : { numerator: moments.valueSum, denominator: moments.units };
}

function contrastsOf(cells: readonly NoveltyCell[], split: number): NoveltyContrast[] {
  const isLater = ({ day }: NoveltyCell) => day >= split;
  const first = meanWeights(cells, (cell) => !isLater(cell));
  const later = meanWeights(cells, isLater);
  const middle = weighted(cells, ({ day }) => day) / weighted(cells, () => 1);
  const spread = weighted(cells, ({ day }) => (day - middle) ** 2);
  return [
    { question: 'first', coefficients: first },
    { question: 'later', coefficients: later },
    { question: 'change', coefficients: later.map((weight, place) => weight - (first[place] ?? 0)) },
    {
      question: 'slope',
      coefficients: cells.map(({ day, size }) => (size * (day - middle)) / spread),
    },
  ];
}

function meanWeights(cells: readonly NoveltyCell[], isIn: (cell: NoveltyCell) => boolean): number[] {
  const total = weighted(cells, (cell) => Number(isIn(cell)));
  return cells.map((cell) => (isIn(cell) ? cell.size / total : 0));
}

function weighted(cells: readonly NoveltyCell[], of: (cell: NoveltyCell) => number): number {
  return cells.reduce((sum, cell) => sum + cell.size * of(cell), 0);
}
