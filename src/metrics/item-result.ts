import type { AssayError, ErrorCode, Fault } from '../operations/assay-error.js';

/** What became of one item of a request with many. */
export interface ItemResult {
  readonly id: string | null;
  readonly status: 'accepted' | 'duplicate' | 'deferred' | 'refused';
  readonly code?: ErrorCode;
  readonly detail?: string;
  readonly errors?: readonly Fault[];
}

export function refusalOf(id: string | null, error: AssayError): ItemResult {
  const errors = error.faults.length > 0 ? { errors: error.faults } : {};
  return { id, status: 'refused', code: error.code, detail: error.message, ...errors };
}

/** The answer to a request with many items: a count if all went well, else a result for each. */
export function summary(results: readonly ItemResult[]) {
  const count = (status: ItemResult['status']) => results.filter((result) => result.status === status).length;
  const deferred = count('deferred');
  // Which of them are duplicates is not known before the drain.
  const counts =
    deferred > 0
      ? { accepted: deferred, deferred: true }
      : { accepted: count('accepted'), duplicates: count('duplicate') };
  return count('refused') === 0 ? counts : { ...counts, refused: count('refused'), results };
}
