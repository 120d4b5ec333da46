import type { ReportView } from '../../api/contract.js';
import { countOf } from '../../format/number.js';

/** What one variant gets in one leaf of a bandit. */
export interface LeafShareRow {
  readonly segment: string;
  readonly variant: string;
  readonly units: number;
  readonly weight: number;
  /** Null before the leaf's first step. */
  readonly probabilityBest: number | null;
  readonly isLeader: boolean;
}

type Leaves = NonNullable<ReportView['leaves']>;

/**
 * The leaves as rows, each variant one, in the report's order.
 *
 * @example leafRows(report.leaves, ['control', 'treatment'])[0] // { segment: 'everyone else', variant: 'control', … }
 */
export function leafRows({ leaves }: Leaves, variants: readonly string[]): LeafShareRow[] {
  return leaves.flatMap(({ segment, units, weights, probabilityBest, leader }) =>
    variants.map((variant) => ({
      segment: segmentWords(segment),
      variant,
      units: units[variant] ?? 0,
      weight: weights[variant] ?? 0,
      probabilityBest: probabilityBest?.[variant] ?? null,
      isLeader: leader === variant,
    })),
  );
}

/**
 * A segment as people read it.
 *
 * @example segmentWords('language=de/plan=pro') // 'language de, plan pro'
 */
export function segmentWords(segment: string): string {
  if (segment === '') return 'everyone else';
  return segment
    .split('/')
    .map((part) => part.split('=').map(decodeURIComponent).join(' '))
    .join(', ');
}

/** How units are parted, and how many leaves there are, in a sentence or two. */
export function leafSummary({ attributes, minimumUnits, maximumLeaves, leaves }: Leaves): string {
  const count = leaves.length - 1;
  const present =
    count === 0
      ? 'No segment has enough units yet.'
      : `${countOf(count)} of ${countOf(maximumLeaves)} leaves.`;
  return `Parted by ${attributes.join(', then by ')}; a segment gets weights of its own once every variant has ${countOf(minimumUnits)} units in it. ${present}`;
}
