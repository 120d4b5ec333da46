import type { CostEstimateView } from '../api/contract.js';
import { countOf, valueOf } from '../format/number.js';

/**
 * The price of a plan in a sentence; or why it is unknown.
 *
 * @example costSentence(estimate) // 'About $41.26 for 3,142 units with 1 request each.'
 */
export function costSentence({
  usd,
  units,
  requestsPerUnit,
  reason,
}: Pick<CostEstimateView, 'usd' | 'units' | 'requestsPerUnit' | 'reason'>): string {
  if (usd === null || units === null)
    return `What it costs is unknown: ${reason ?? 'the number of units is missing'}`;
  const each = requestsPerUnit === 1 ? '1 request' : `${valueOf(requestsPerUnit)} requests`;
  return `About ${valueOf(usd, 'usd')} for ${countOf(units)} units with ${each} each.`;
}

/** What the price of a request is known from; a dash where it is not known. */
export function basisWords(basis: CostEstimateView['variants'][number]['basis']): string {
  return basis === null ? '–' : bases[basis];
}

const bases = {
  measured: 'its own requests',
  reference: 'another variant’s requests',
  assumed: 'assumptions alone',
} as const;
