import { figure, percentage, range } from '../figure.js';
import type { AsServed, ServedComparison } from './as-served.js';

/**
 * The part of the document on answers by the config that gave them: lines of Markdown, none where no fallback answered.
 *
 * @example asServedSection(report.asServed)[0] // '## As it was served'
 */
export function asServedSection(served: readonly AsServed[]): string[] {
  const groups = served[0]?.groups ?? [];
  const fallen = groups.filter(({ by }) => by === 'fallback');
  if (fallen.length === 0) return [];
  const shares = fallen
    .map(({ variant, share }) => `${percentage(share)} of ${variant}'s answers`)
    .join(' and ');
  return [
    '## As it was served',
    `In ${shares} the variant's own model failed and its fallback answered instead. The results above count every answer with the variant that ` +
      'its user was assigned, as only that compares like with like. Here answers are sorted by the config that gave them. Nobody drew by lot ' +
      'whose model would fail, so these figures describe; no decision rests on them.',
    [
      '| metric | assigned | answered by | answers | users | figure per answer | interval |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...served.flatMap(({ metric, groups: rows }) => rows.map((group) => row(metric, group))),
    ].join('\n'),
    served.flatMap(({ metric, comparisons }) => comparisons.map((each) => sentence(metric, each))).join('\n'),
    ...served
      .filter(({ sampled }) => sampled < 1)
      .slice(0, 1)
      .map(({ sampled }) => `Read from ${percentage(sampled)} of all users, drawn by their keys.`),
  ];
}

function row(
  metric: string,
  { variant, by, servedAs, answers, units, mean, interval }: AsServed['groups'][number],
) {
  const answered =
    by === 'own' ? variant : `its fallback${servedAs === null ? '' : ` (${servedAs}'s config)`}`;
  const cells = [
    metric,
    variant,
    answered,
    figure(answers),
    figure(units),
    mean === null ? '–' : figure(mean),
    interval ? range(interval) : '–',
  ];
  return `| ${cells.join(' | ')} |`;
}

function sentence(metric: string, comparison: ServedComparison): string {
  const { variant, against, difference, interval, instrumental, reason } = comparison;
  const plain =
    difference === null
      ? ''
      : ` answers of its config less those of ${against}'s: ${figure(difference)}${interval ? ` (${range(interval)})` : ''}, not randomised.`;
  const causal = instrumental
    ? ` What its own answers do to users who get them: ${figure(instrumental.effect)}${instrumental.interval ? ` (${range(instrumental.interval)})` : ''}, ` +
      'the difference as assigned, fallback answers included, over the share of answers that were its own. That holds if the variant works ' +
      'through what is served alone, so that the failed attempt and the wait for it change nothing.'
    : '';
  return `- **${metric}, ${variant}:**${plain}${causal}${reason === null ? '' : ` ${reason}`}`;
}
