import type { Receipts } from '../../generations/receipts/receipts.js';
import type { SampleRatio } from './sample-ratio-health.js';
import { chance, figure, percentage } from '../figure.js';
import type { Warning } from '../warning.js';

/** Counters of what was accepted, refused and left out. */
export interface HealthCounts {
  readonly outcomes: number;
  /** Outcomes refused because their unit was never exposed. */
  readonly neverExposed: number;
  /** Outcomes stored but left out, as they came before the exposure or after the window. */
  readonly outsideWindow: number;
  /** Units that met more than one variant; the first stays theirs. */
  readonly multipleExposures: number;
  /** Outcomes taken in while the database was away and not yet written. */
  readonly deferred: number;
}

/** What to know about the data before reading any result. */
export interface Health extends HealthCounts {
  readonly srm: SampleRatio;
  /** Units exposed to a variant. */
  readonly exposed: number;
  /** Units kept out of the experiment on purpose, for long-term comparison. */
  readonly holdback: number;
  /** What was really served, and what is logged of it. */
  readonly receipts: Receipts;
  readonly warnings: readonly Warning[];
}

/** Share of units with two variants from which on results cannot be attributed. */
const tolerableMultiples = 0.01;

/** Warnings after which a difference may be one between users. */
const unusable: ReadonlyMap<Warning['code'], string> = new Map([
  [
    'SEGMENT_RATIO_MISMATCH',
    'In some segments the variants did not receive the share of units that their weights promise.',
  ],
  [
    'UNEVEN_RESPONSE',
    'The variants differ in how many of their units have a value, so the answers may come from different users.',
  ],
] as const);

/**
 * Why the data cannot be decided on, or null when nothing stands against it.
 *
 * @example dataFault(health); // null
 */
export function dataFault({ srm, multipleExposures, exposed, warnings }: Health): string | null {
  if (srm.mismatch) {
    return 'The variants did not receive the share of units that their weights promise, so their users may differ.';
  }
  if (exposed > 0 && multipleExposures / exposed >= tolerableMultiples) {
    return `${percentage(multipleExposures / exposed)} of units met more than one variant, so results mix the variants.`;
  }
  const found = warnings.find(({ code }) => unusable.has(code));
  return found ? (unusable.get(found.code) ?? null) : null;
}

/**
 * The warnings that a data fault rests on, as sentences with numbers.
 *
 * @example faultEvidence(health); // ['The numbers of units do not fit the weights (p < 0.0001, …']
 */
export function faultEvidence({ warnings }: Health): string[] {
  const faults: readonly string[] = ['SAMPLE_RATIO_MISMATCH', 'MULTIPLE_EXPOSURES', ...unusable.keys()];
  return warnings.filter(({ code }) => faults.includes(code)).map(({ message }) => message);
}

/**
 * One warning for each thing that is wrong with the data, with counts.
 *
 * @example healthWarnings(srm, { ...counts, neverExposed: 12 }, 10034)[0]?.code; // 'NEVER_EXPOSED'
 */
export function healthWarnings(srm: SampleRatio, counts: HealthCounts, exposed: number): Warning[] {
  const warnings: Warning[] = [];
  if (exposed === 0) warnings.push({ code: 'NO_EXPOSURES', message: 'No unit has met a variant yet.' });
  if (srm.mismatch) warnings.push({ code: 'SAMPLE_RATIO_MISMATCH', message: mismatchMessage(srm) });
  if (counts.multipleExposures > 0) {
    const message = `${figure(counts.multipleExposures)} units met more than one variant; they count under the first. Use an id that stays the same between visits.`;
    warnings.push({ code: 'MULTIPLE_EXPOSURES', message });
  }
  if (counts.neverExposed > 0) {
    const message = `${figure(counts.neverExposed)} outcomes were refused because their unit had met no variant; send the assignment's token with them.`;
    warnings.push({ code: 'NEVER_EXPOSED', message });
  }
  if (counts.outsideWindow > 0) {
    const message = `${figure(counts.outsideWindow)} outcomes lay outside the metric window and are left out.`;
    warnings.push({ code: 'OUTSIDE_WINDOW', message });
  }
  return warnings;
}

function mismatchMessage({ pValue, eValue, greatestEValue }: SampleRatio): string {
  const evidence = [
    ...(pValue === null ? [] : [chance(pValue)]),
    ...(eValue === null ? [] : [`e-value ${figure(eValue)}`]),
    ...(greatestEValue === eValue || greatestEValue === null
      ? []
      : [`at its greatest ${figure(greatestEValue)}`]),
  ];
  return (
    `The numbers of units do not fit the weights (${evidence.join(', ')}). ` +
    'Look for a variant that loses units before they are counted: redirects, crashes, filters, bots.'
  );
}
