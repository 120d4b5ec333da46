import type { Experiment } from '../../experiments/experiment.js';
import { dayMilliseconds } from '../../operations/duration.js';
import type { MetricReport } from '../comparison/metric-report.js';
import { figure, percentage, range } from '../figure.js';
import type { Report } from '../report.js';

const cost = 'cost_usd';
const daysOfMonth = 30;

/**
 * What a metric says of the winner against control, with its intervals; of every variant, where control itself has won or
 * nobody has.
 */
export function effectSentences(metric: MetricReport, winner: string | null, control: string): string[] {
  const all = metric.comparisons.filter(
    ({ variant }) => winner === null || winner === control || variant === winner,
  );
  return all.map(({ variant, difference, interval, relative, sequential, significant }) => {
    const mean = (key: string) => metric.variants.find((each) => each.key === key)?.mean ?? null;
    const figures = `${known(mean(control))} in \`${control}\`, ${known(mean(variant))} in \`${variant}\``;
    if (difference === null) return `**${metric.key}**: ${figures}; the difference is not known.`;
    const share = relative ? ` (${percentage(relative.difference)})` : '';
    const once = interval ? `, interval ${range(interval)}` : '';
    const looks = sequential?.interval ? `, under repeated looks ${range(sequential.interval)}` : '';
    const sure = significant ? 'chance is ruled out' : 'this may be chance';
    const better = metric.direction === 'increase' ? 'more' : 'less';
    return `**${metric.key}** (${better} is better): ${figures}, a difference of ${figure(difference)}${share}${once}${looks}; ${sure}.`;
  });
}

/** What a request costs in each variant, and what the winner saves or adds; empty where cost was not recorded. */
export function costSentences(
  report: Report,
  winner: string | null,
  { control, startedAt }: Pick<Experiment, 'control' | 'startedAt'>,
): string[] {
  const metric = report.metrics.find(({ key }) => key === cost);
  if (!metric) return [];
  const perRequest = (key: string) => {
    const row = metric.variants.find((each) => each.key === key);
    return row && row.events > 0 ? row.sum / row.events : null;
  };
  const each = metric.variants.map(({ key }) => `\`${key}\` ${known(perRequest(key))}`);
  const sentences = [`A request costs, in USD: ${each.join(', ')}.`];
  const [before, after] = [perRequest(control), winner === null ? null : perRequest(winner)];
  if (winner === null || winner === control || before === null || after === null) return sentences;
  const saved = before - after;
  const share = before === 0 ? '' : ` (${percentage(Math.abs(saved) / before)})`;
  const days = startedAt ? (Date.parse(report.asOf) - startedAt.getTime()) / dayMilliseconds : 0;
  const daily = days > 0 ? metric.variants.reduce((sum, { events }) => sum + events, 0) / days : null;
  const monthly =
    daily === null
      ? ''
      : `; at the ${figure(daily)} requests a day that were measured, ${figure(Math.abs(saved) * daily * daysOfMonth)} USD in ${daysOfMonth} days`;
  return [
    ...sentences,
    `\`${winner}\` ${saved >= 0 ? 'saves' : 'costs'} ${figure(Math.abs(saved))} USD a request${saved >= 0 ? '' : ' more'}${share}${monthly}.`,
  ];
}

function known(value: number | null): string {
  return value === null ? 'nothing yet' : figure(value);
}
