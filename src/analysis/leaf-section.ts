import { figure, percentage } from './figure.js';
import type { LeafReport, LeafRow } from './leaf-report.js';

/**
 * The part of the document on the leaves of a bandit: lines of Markdown, none where everyone has the same weights.
 *
 * @param variants keys, in the experiment's order
 * @example leafSection(report.leaves, ['control', 'treatment'])[0]; // '## Who is served what'
 */
export function leafSection(report: LeafReport | null, variants: readonly string[]): string[] {
  if (!report) return [];
  const { attributes, minimumUnits, leaves, waiting } = report;
  return [
    '## Who is served what',
    `The bandit parts units by ${attributes.map(text).join(', then by ')}; a segment gets weights of its own once every variant has ${figure(minimumUnits)} units in it.`,
    [
      '| segment | variant | units | weight | chance to be best |',
      '| --- | --- | --- | --- | --- |',
      ...leaves.flatMap((leaf) => variants.map((key) => row(leaf, key))),
    ].join('\n'),
    ...(waiting.length > 0
      ? [waiting.map(({ segment, reason }) => `- ${text(segment)}: ${reason}`).join('\n')]
      : []),
  ];
}

function row({ segment, units, weights, probabilityBest }: LeafRow, key: string): string {
  const chance = probabilityBest?.[key];
  const cells = [
    segment === '' ? 'everyone else' : text(segment),
    key,
    figure(units[key] ?? 0),
    percentage(weights[key] ?? 0),
    chance === undefined ? '–' : percentage(chance),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Attributes and values come from users: nothing in them becomes a cell or HTML. */
function text(name: string): string {
  return `\`${name.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}
