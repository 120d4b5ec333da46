import type { ComparisonView, ExperimentView, MetricReportView } from '../../api/contract.js';
import { capitalised, metricNameOf } from '../../format/metric.js';
import { countOf, differenceOf, sizeOf } from '../../format/number.js';
import type { Interval, PlotLine } from '../../chart/domain.js';
import { changeSentence } from './change-sentence.js';
import { comparisonOf } from './deciding.js';
import { shownInterval } from './shown-interval.js';
import { worstOf, type Gauge, type Standing, type Verdict } from './verdict.js';

export type Judged = Pick<ExperimentView, 'control' | 'source' | 'metrics' | 'plan' | 'guardrails'>;
/** The unit of each metric's figures, by key. */
export type Units = ReadonlyMap<string, string | null>;

const answers: Readonly<Record<Standing, string>> = {
  good: 'Better',
  bad: 'Worse',
  warn: 'Read with care',
  even: 'No difference',
  open: 'Not settled yet',
  unknown: 'Too early to say',
};

/**
 * Whether a variant is better on the metrics that decide, each held against the least effect worth acting on.
 *
 * @example gainVerdict(experiment, [rating], 'treatment', units).sentences // ['User rating rises by 0.21, plausibly 0.15 to 0.27.']
 */
export function gainVerdict(
  experiment: Judged,
  metrics: readonly MetricReportView[],
  variant: string,
  units: Units,
): Verdict {
  const readings = metrics.map((metric) =>
    readingOf(experiment, metric, variant, units.get(metric.key) ?? null),
  );
  const standing = worstOf(readings.map(({ gauge }) => gauge.standing));
  const alike = readings.every((reading) => reading.answer === readings[0]?.answer);
  return {
    question: 'Is it better?',
    standing,
    answer: (alike && readings[0]?.answer) || answers[standing],
    sentences: readings.map(({ gauge }) => gauge.sentence),
    gauges: readings.map(({ gauge }) => gauge),
  };
}

interface Reading {
  readonly gauge: Gauge;
  readonly answer: string;
}

function readingOf(
  experiment: Judged,
  metric: MetricReportView,
  variant: string,
  unit: string | null,
): Reading {
  const comparison = comparisonOf(metric, variant);
  const { interval } = shownInterval(comparison, experiment.source);
  const name = metricNameOf(metric.key);
  const least = metric.category === 'cost' ? null : experiment.metrics.minimumEffect;
  const margin = metric.category === 'cost' ? null : experiment.metrics.margin;
  const found = findingOf({ comparison, interval, metric, name, unit, least, margin, variant, experiment });
  const gauge: Gauge = {
    name,
    standing: found.standing,
    value: comparison?.difference ?? null,
    interval,
    lines: linesOf(metric, least, margin),
    unit,
    of: 'difference',
    sentence: `${capitalised(found.sentence)}.`,
  };
  return { gauge, answer: found.answer ?? answers[found.standing] };
}

/** No change, the least effect worth acting on, and how much worse is still as good; on their sides of 0. */
function linesOf({ direction }: MetricReportView, least: number | null, margin: number | null): PlotLine[] {
  const sign = direction === 'increase' ? 1 : -1;
  return [
    { at: 0, label: 'no change', kind: 'zero' },
    ...(least ? [{ at: sign * least, label: 'worth acting on', kind: 'aim' } as const] : []),
    ...(margin ? [{ at: -sign * margin, label: 'still as good', kind: 'limit' } as const] : []),
  ];
}

interface Found {
  readonly standing: Standing;
  /** Where the standing's own word is not the best. */
  readonly answer?: string;
  readonly sentence: string;
}

interface Question {
  readonly comparison: ComparisonView | undefined;
  readonly interval: Interval | null;
  readonly metric: MetricReportView;
  readonly name: string;
  readonly unit: string | null;
  readonly least: number | null;
  readonly margin: number | null;
  readonly variant: string;
  readonly experiment: Judged;
}

function findingOf(question: Question): Found {
  const { comparison, interval, metric, name, unit, least, margin } = question;
  const difference = comparison?.difference ?? null;
  if (!comparison || difference === null) return { standing: 'unknown', sentence: waitingSentence(question) };
  const change = changeSentence({ name, difference, interval, unit });
  const isGain = difference > 0 === (metric.direction === 'increase');
  if (comparison.significant && difference !== 0) {
    if (!isGain) return { standing: 'bad', sentence: change };
    if (comparison.meaningful) return { standing: 'good', sentence: change };
    const sentence = `${change}, but only ${sizeOf(least, unit)} or more is worth acting on`;
    return { standing: 'even', answer: 'Better, but too little', sentence };
  }
  if (interval && least !== null && Math.max(-interval[0], interval[1]) <= least) {
    const sentence = `${change}: less than the ${sizeOf(least, unit)} that is worth acting on`;
    return { standing: 'even', answer: 'No difference that matters', sentence };
  }
  const worst = interval && (metric.direction === 'increase' ? interval[0] : -interval[1]);
  if (worst !== null && margin !== null && worst > -margin) {
    const sentence = `${change}, which is as good within the ${sizeOf(margin, unit)} allowed`;
    return { standing: 'good', answer: 'As good', sentence };
  }
  if (interval) return { standing: 'open', sentence: change };
  return {
    standing: 'open',
    sentence: `so far ${name} moves by ${differenceOf(difference, unit)}; ${nextLook(metric)}`,
  };
}

function nextLook({ method }: MetricReportView): string {
  return method === 'group-sequential'
    ? 'the next planned look says whether that may be chance'
    : 'there are too few units to say whether that may be chance';
}

function waitingSentence({ metric, name, variant, experiment }: Question): string {
  const matured = [experiment.control, variant].map((key) => {
    const row = metric.variants.find((each) => each.key === key);
    return row ? row.units - row.provisional : 0;
  });
  const [control = 0, treatment = 0] = matured;
  return (
    `${name} cannot be compared yet: units count once their window (${experiment.metrics.window}) is over, ` +
    `by now ${countOf(treatment)} with ${variant} and ${countOf(control)} with ${experiment.control}`
  );
}
