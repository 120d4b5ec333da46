import type { ComparisonView, MetricReportView, VariantMetricView } from '../../api/contract.js';
import type { Column } from '../../chart/column.js';
import {
  chanceOf,
  countOf,
  differenceOf,
  pValueOf,
  rangeOf,
  relativeOf,
  valueOf,
} from '../../format/number.js';
import { comparisonOf } from '../verdict/deciding.js';

/** Everything that the report says of a variant on a metric. */
export interface MetricRow {
  readonly metric: MetricReportView;
  readonly variant: VariantMetricView;
  /** With the control; null for the control itself. */
  readonly comparison: ComparisonView | null;
  readonly chance: MetricReportView['best'][number] | null;
  /** Of the metric. */
  readonly unit: string | null;
}

/**
 * A row for each variant of a metric.
 *
 * @example metricRows(rating, 'stars').map(({ variant }) => variant.key) // ['control', 'treatment']
 */
export function metricRows(metric: MetricReportView, unit: string | null): MetricRow[] {
  return metric.variants.map((variant) => ({
    metric,
    variant,
    comparison: comparisonOf(metric, variant.key) ?? null,
    chance: metric.best.find((each) => each.variant === variant.key) ?? null,
    unit,
  }));
}

type RowColumn = Column<MetricRow>;

function numeric(
  title: string,
  value: (row: MetricRow) => number | null | undefined,
  print: (value: number, row: MetricRow) => string,
): RowColumn {
  return {
    title,
    numeric: true,
    value: (row) => value(row) ?? null,
    text: (row) => {
      const found = value(row);
      return typeof found === 'number' ? print(found, row) : '–';
    },
  };
}

function spread(
  title: string,
  value: (row: MetricRow) => readonly [number, number] | null | undefined,
  print: (value: number, row: MetricRow) => string,
): RowColumn {
  return {
    title,
    numeric: true,
    bounds: (row) => value(row) ?? null,
    text: (row) => rangeOf(value(row), (end) => print(end, row)),
  };
}

const inUnit = (value: number, { unit }: MetricRow) => valueOf(value, unit);
const asDifference = (value: number, { unit }: MetricRow) => differenceOf(value, unit);

const figures: readonly RowColumn[] = [
  { title: 'Variant', text: ({ variant }) => variant.key },
  numeric('Units', ({ variant }) => variant.units, countOf),
  numeric('Not matured', ({ variant }) => variant.provisional, countOf),
  numeric('Events', ({ variant }) => variant.events, countOf),
  numeric('Figure', ({ variant }) => variant.mean, inUnit),
  numeric('Standard error', ({ variant }) => variant.standardError, inUnit),
  spread('Interval at one look', ({ variant }) => variant.interval, inUnit),
];

const comparisons: readonly RowColumn[] = [
  { title: 'Against', text: ({ comparison }) => comparison?.against ?? '–' },
  numeric('Difference', ({ comparison }) => comparison?.difference, asDifference),
  numeric('Its standard error', ({ comparison }) => comparison?.standardError, asDifference),
  numeric('Degrees of freedom', ({ comparison }) => comparison?.degreesOfFreedom, countOf),
  spread('Difference, one look', ({ comparison }) => comparison?.interval, asDifference),
  numeric('p, one look', ({ comparison }) => comparison?.pValue, pValueOf),
  numeric('p adjusted, one look', ({ comparison }) => comparison?.adjustedPValue, pValueOf),
  spread('Difference, repeated looks', ({ comparison }) => comparison?.sequential?.interval, asDifference),
  numeric('p, repeated looks', ({ comparison }) => comparison?.sequential?.pValue, pValueOf),
  numeric('p adjusted, repeated looks', ({ comparison }) => comparison?.sequential?.adjustedPValue, pValueOf),
  numeric('Relative', ({ comparison }) => comparison?.relative?.difference, relativeOf),
  spread('Relative, one look', ({ comparison }) => comparison?.relative?.interval, relativeOf),
  {
    title: 'Chance ruled out',
    text: ({ comparison }) => (comparison ? (comparison.significant ? 'yes' : 'no') : '–'),
  },
];

const chances: readonly RowColumn[] = [
  numeric('Chance to be best', ({ chance }) => chance?.probabilityBest, chanceOf),
  numeric('Expected loss', ({ chance }) => chance?.expectedLoss, inUnit),
];

const distribution: readonly RowColumn[] = [
  numeric('Standard deviation of events', ({ variant }) => variant.standardDeviation, inUnit),
  ...(['p25', 'p50', 'p75', 'p95'] as const).map((name) =>
    numeric(name, ({ variant }) => variant[name], inUnit),
  ),
  numeric(
    'Variance within units',
    ({ variant }) => variant.withinUnitVariance,
    (value) => valueOf(value),
  ),
  numeric(
    'Variance between units',
    ({ variant }) => variant.betweenUnitVariance,
    (value) => valueOf(value),
  ),
];

const methods: readonly RowColumn[] = [
  { title: 'Estimand', text: ({ metric }) => metric.estimand },
  {
    title: 'Estimator',
    text: ({ metric }) => `${metric.estimator}${metric.covariate ? ` (${metric.covariate})` : ''}`,
  },
  { title: 'Method under repeated looks', text: ({ metric }) => metric.method },
];

/** All that a statistician asks for, in the order of a report. */
export const metricColumns: readonly RowColumn[] = [
  ...figures,
  ...comparisons,
  ...chances,
  ...distribution,
  ...methods,
];
