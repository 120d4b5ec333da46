import type { ComparisonView, MetricReportView, ReportView } from '../../api/contract.js';
import { capitalised, metricNameOf } from '../../format/metric.js';
import { rangeOf, shareOf, sizeOf, valueOf } from '../../format/number.js';
import { changeSentence } from './change-sentence.js';
import { comparisonOf, costMetric } from './deciding.js';
import type { Judged, Units } from './gain-verdict.js';
import { shownInterval } from './shown-interval.js';
import type { Gauge, Standing, Verdict } from './verdict.js';

const question = 'Is it cheaper?';
/** Three times the cost is never a plain win, also where the plan sets no limit. */
const defaultLimit = 3;

/**
 * Whether a variant costs less, with the money per 1,000 requests, and whether it keeps to the plan's limit.
 *
 * @example costVerdict(experiment, report, 'treatment', units).answer // 'Cheaper'
 */
export function costVerdict(
  experiment: Judged,
  report: Pick<ReportView, 'metrics'>,
  variant: string,
  units: Units,
): Verdict {
  const metric = costMetric(report);
  const comparison = comparisonOf(metric, variant);
  if (!metric || !comparison || comparison.difference === null) {
    const sentence = metric
      ? `What ${variant} costs cannot be compared with ${experiment.control} yet.`
      : 'No cost was recorded yet: send cost_usd, or let Assay call the model.';
    return { question, standing: 'unknown', answer: answers.unknown, sentences: [sentence], gauges: [] };
  }
  const gauge = gaugeOf(experiment, metric, comparison, units.get(metric.key) ?? 'USD');
  const sentences = [gauge.sentence, ...moneySentences(metric, gauge)];
  return {
    question,
    standing: gauge.standing,
    answer: answers[gauge.standing],
    sentences,
    gauges: [gauge],
  };
}

function gaugeOf(
  experiment: Judged,
  metric: MetricReportView,
  comparison: ComparisonView,
  unit: string,
): Gauge {
  const { interval } = shownInterval(comparison, experiment.source);
  const difference = comparison.difference ?? 0;
  const before = metric.variants.find(({ key }) => key === experiment.control)?.mean ?? null;
  const ratio = experiment.plan.maximumCostRatio;
  const limit = before === null ? null : before * ((ratio ?? defaultLimit) - 1);
  const name = nameOf(metric);
  const share = comparison.relative ? ` (${shareOf(Math.abs(comparison.relative.difference))})` : '';
  const change = changeSentence({ name, difference, interval, unit });
  return {
    name,
    standing: standingOf(comparison, interval, limit),
    value: comparison.difference,
    interval,
    lines: [
      { at: 0, label: 'no change', kind: 'zero' },
      ...(ratio === null || limit === null
        ? []
        : [{ at: limit, label: `limit: ${ratio} times`, kind: 'limit' } as const]),
    ],
    unit,
    of: 'difference',
    sentence: `${capitalised(change.replace(sizeOf(difference, unit), `${sizeOf(difference, unit)}${share}`))}.`,
  };
}

function nameOf({ key, estimand }: MetricReportView): string {
  return estimand === 'ratio' || key !== 'cost_usd' ? metricNameOf(key) : 'the cost of a request';
}

function standingOf(
  { significant, difference }: ComparisonView,
  interval: readonly [number, number] | null,
  limit: number | null,
): Standing {
  if (limit !== null && interval && interval[0] > limit) return 'bad';
  if (significant && difference) return difference < 0 ? 'good' : 'warn';
  return interval && limit !== null && interval[1] <= limit ? 'even' : 'open';
}

const answers: Readonly<Record<Standing, string>> = {
  good: 'Cheaper',
  bad: 'Too dear',
  warn: 'Dearer',
  even: 'No clear difference',
  open: 'Not settled yet',
  unknown: 'Not known',
};

/** Only where the sign is sure is the money worth a sentence. */
function moneySentences({ estimand }: MetricReportView, { value, interval, unit }: Gauge): string[] {
  if (value === null || estimand === 'ratio' || !interval || interval[0] <= 0 === interval[1] > 0) return [];
  const thousands = interval.map((end) => Math.abs(end) * 1_000).sort((a, b) => a - b) as [number, number];
  const print = (figure: number) => valueOf(figure, unit);
  const verb = value < 0 ? 'save' : 'cost';
  const more = value < 0 ? '' : ' more';
  return [
    `Would ${verb} about ${print(Math.abs(value) * 1_000)}${more} per 1,000 requests (${rangeOf(thousands, print)}).`,
  ];
}
