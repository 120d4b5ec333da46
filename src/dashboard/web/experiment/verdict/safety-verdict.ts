import type { MetricReportView, ReportView } from '../../api/contract.js';
import { capitalised, metricNameOf } from '../../format/metric.js';
import { differenceOf, rangeOf, valueOf } from '../../format/number.js';
import { comparisonOf } from './deciding.js';
import type { Judged, Units } from './gain-verdict.js';
import { shownInterval } from './shown-interval.js';
import { worstOf, type Gauge, type Standing, type Verdict } from './verdict.js';

type Guardrail = Judged['guardrails'][number];

const answers: Readonly<Record<Standing, string>> = {
  good: 'Safe so far',
  bad: 'Not safe',
  warn: 'Read with care',
  even: 'As safe',
  open: 'Not shown to be safe',
  unknown: 'Nothing watches yet',
};

/**
 * Whether a variant keeps to the guardrails: its whole interval must lie within each bound.
 *
 * @param breached metrics on which the watch over the running experiment is sure of harm
 * @example safetyVerdict(experiment, report, 'treatment', units).answer // 'Safe so far'
 */
export function safetyVerdict(
  experiment: Judged,
  { metrics }: Pick<ReportView, 'metrics'>,
  variant: string,
  units: Units,
  breached: readonly string[] = [],
): Verdict {
  const gauges = experiment.guardrails.map((guardrail) => {
    const compares = guardrail.worseThanControlBy !== undefined;
    const gauge = compares
      ? marginGauge(experiment, guardrail, metrics, variant, units)
      : boundGauge(guardrail, metrics, variant, units);
    const watched = compares ? guardrail.metric : boundOf(guardrail).metric;
    return breached.includes(watched) ? withBreach(gauge) : gauge;
  });
  const standing = worstOf(gauges.map((gauge) => gauge.standing));
  return {
    question: 'Is it safe?',
    standing,
    answer: answers[standing],
    sentences: sentencesOf(gauges),
    gauges,
  };
}

/** The watch looks every few seconds, over all units: what it is sure of counts. */
function withBreach(gauge: Gauge): Gauge {
  return { ...gauge, standing: 'bad', sentence: `${gauge.sentence} The watch is sure that it is crossed.` };
}

function sentencesOf(gauges: readonly Gauge[]): string[] {
  if (gauges.length === 0) return ['No guardrail is set, so nothing watches for harm.'];
  const of = (standing: Standing) => gauges.filter((gauge) => gauge.standing === standing);
  const told = [...of('bad'), ...of('open')].map(({ sentence }) => sentence);
  const [good, unknown] = [of('good'), of('unknown')];
  const holds = good.length === 1 ? '1 guardrail holds' : `${good.length} guardrails hold`;
  const all = good.length === gauges.length;
  return [
    ...told,
    ...(good.length > 0 ? [`${all && good.length > 1 ? 'All ' : ''}${holds}: ${namesOf(good)}.`] : []),
    ...(unknown.length > 0 ? [`Nothing was recorded yet for ${namesOf(unknown)}.`] : []),
  ];
}

function namesOf(gauges: readonly Gauge[]): string {
  return gauges.map(({ name }) => name).join(', ');
}

interface Bound {
  readonly metric: string;
  readonly side: 'above' | 'below';
  readonly threshold: number;
}

/** "p95 above 5000" holds exactly when more than 5 % lie above 5000, which the report counts as a metric of its own. */
function boundOf({ metric, quantile, above, below }: Guardrail): Bound {
  const side = above === undefined ? 'below' : 'above';
  const threshold = above ?? below ?? 0;
  if (quantile === undefined) return { metric, side, threshold };
  const share = side === 'above' ? Number((1 - quantile).toFixed(12)) : quantile;
  return { metric: `${metric}${side === 'above' ? '>' : '<'}${threshold}`, side: 'above', threshold: share };
}

function boundGauge(
  guardrail: Guardrail,
  metrics: readonly MetricReportView[],
  variant: string,
  units: Units,
): Gauge {
  const { metric: key, side, threshold } = boundOf(guardrail);
  const unit = units.get(key) ?? (guardrail.quantile === undefined ? null : 'share');
  const row = metrics.find((metric) => metric.key === key)?.variants.find((each) => each.key === variant);
  const value = row?.mean ?? null;
  const interval = row?.interval ?? null;
  const isBeyond = (figure: number) => (side === 'above' ? figure > threshold : figure < threshold);
  const name = metricNameOf(key);
  const print = (figure: number) => valueOf(figure, unit);
  const standing = standingOf(value, interval, isBeyond);
  const reach = interval ? ` (plausibly ${rangeOf(interval, print)})` : '';
  return {
    name,
    standing,
    value,
    interval,
    lines: [
      {
        at: threshold,
        label: `limit: ${side === 'above' ? 'at most' : 'at least'} ${print(threshold)}`,
        kind: 'limit',
      },
    ],
    unit,
    of: 'figure',
    sentence:
      value === null
        ? `${capitalised(name)}: nothing was recorded yet.`
        : `${capitalised(name)} is ${print(value)}${reach}; the limit is ${print(threshold)}.`,
  };
}

function standingOf(
  value: number | null,
  interval: readonly [number, number] | null,
  isBeyond: (figure: number) => boolean,
): Standing {
  if (value === null) return 'unknown';
  if (isBeyond(value)) return 'bad';
  return interval?.some(isBeyond) ? 'open' : 'good';
}

/** A guardrail that asks a variant not to be worse than the control by more than a margin. */
function marginGauge(
  experiment: Judged,
  { metric: key, worseThanControlBy = 0, relative }: Guardrail,
  metrics: readonly MetricReportView[],
  variant: string,
  units: Units,
): Gauge {
  const metric = metrics.find((each) => each.key === key);
  const comparison = comparisonOf(metric, variant);
  const { interval } = shownInterval(comparison, experiment.source);
  const control = metric?.variants.find((row) => row.key === experiment.control)?.mean ?? null;
  const sign = metric?.direction === 'decrease' ? 1 : -1;
  const limit =
    control === null && relative ? null : sign * worseThanControlBy * (relative ? Math.abs(control ?? 0) : 1);
  const unit = units.get(key) ?? null;
  const print = (figure: number) => differenceOf(figure, unit);
  const name = `${metricNameOf(key)} against ${experiment.control}`;
  const value = limit === null ? null : (comparison?.difference ?? null);
  return {
    name,
    standing: marginStanding(value, interval, limit, sign),
    value,
    interval,
    lines: limit === null ? [] : [{ at: limit, label: `limit ${print(limit)}`, kind: 'limit' }],
    unit,
    of: 'difference',
    sentence:
      value === null || limit === null
        ? `${capitalised(metricNameOf(key))}: ${variant} and ${experiment.control} cannot be compared yet.`
        : `${capitalised(name)} differs by ${print(value)}${interval ? ` (plausibly ${rangeOf(interval, print)})` : ''}; the limit is ${print(limit)}.`,
  };
}

/** Harm is sure only where the whole interval is beyond the margin. */
function marginStanding(
  value: number | null,
  interval: readonly [number, number] | null,
  limit: number | null,
  sign: number,
): Standing {
  if (value === null || limit === null) return 'unknown';
  const beyond = interval?.map((end) => sign * end > sign * limit);
  if (!beyond) return 'open';
  return beyond.every(Boolean) ? 'bad' : beyond.some(Boolean) ? 'open' : 'good';
}
