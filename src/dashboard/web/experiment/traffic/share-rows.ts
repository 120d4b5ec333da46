import type { ReportView } from '../../api/contract.js';
import { countOf, shareOf } from '../../format/number.js';

/** A variant's units beside those that its weights promised. */
export interface ShareRow {
  readonly variant: string;
  readonly units: number;
  readonly share: number | null;
  readonly expected: number;
}

export function shareRows(report: ReportView): ShareRow[] {
  return report.variants.map(({ key, units, share, expected }) => ({ variant: key, units, share, expected }));
}

/**
 * Whether the units fit the weights, in a sentence.
 *
 * @example shareSummary(report) // '10,034 units. The furthest from its target is treatment: 50.1% for 50%. The split fits the weights.'
 */
export function shareSummary(report: ReportView): string {
  const { exposed, srm } = report.health;
  if (exposed === 0) return 'No unit has met a variant yet.';
  const [furthest] = shareRows(report).sort((one, other) => gapOf(other) - gapOf(one));
  const worst = furthest
    ? ` The furthest from its target is ${furthest.variant}: ${shareOf(furthest.share)} for ${shareOf(furthest.expected)}.`
    : '';
  const verdict = srm.mismatch
    ? 'The split does not fit the weights: no difference can be trusted before the cause is found.'
    : 'The split fits the weights.';
  return `${countOf(exposed)} units.${worst} ${verdict}`;
}

function gapOf({ share, expected }: ShareRow): number {
  return Math.abs((share ?? expected) - expected);
}
