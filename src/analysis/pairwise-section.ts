import type { PairwiseResult } from '../metrics/pairwise-result.js';
import { figure, percentage, range } from './figure.js';

/**
 * The part of the document on answers held against each other: lines of Markdown, none where nothing was compared.
 *
 * @param control whose answers the others are held against
 * @example pairwiseSection(report.pairwise, 'control')[0] // '## Answers to the same input, side by side'
 */
export function pairwiseSection(results: readonly PairwiseResult[], control: string): string[] {
  const judged = results.filter(({ pairs, failed, due }) => pairs + failed + due > 0);
  if (judged.length === 0) return [];
  return [
    '## Answers to the same input, side by side',
    `Which of two answers the judge prefers, a variant's or that of ${control}, without knowing whose they are. Each pair was judged in both orders; ` +
      'only a preference that the order does not change is a win or a loss. No decision rests on it.',
    [
      '| variant | pairs | wins | ties | losses | win rate | interval under repeated looks | turned by the order |',
      '| --- | --- | --- | --- | --- | --- | --- | --- |',
      ...judged.map(row),
    ].join('\n'),
    ...judged.flatMap(({ variant, distrusted }) =>
      distrusted === null ? [] : [`**${variant}:** ${distrusted}`],
    ),
  ];
}

function row({
  variant,
  pairs,
  wins,
  ties,
  losses,
  winRate,
  positionBias: { flipped },
}: PairwiseResult): string {
  const known = winRate.status === 'ok';
  const cells = [
    variant,
    ...[pairs, wins, ties, losses].map(figure),
    known ? percentage(winRate.value) : '–',
    known ? range(winRate.interval) : '–',
    flipped === null ? '–' : percentage(flipped),
  ];
  return `| ${cells.join(' | ')} |`;
}
