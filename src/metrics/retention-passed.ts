import { AssayError } from '../operations/assay-error.js';
import type { RetentionPassed } from './outcome.js';

/**
 * The refusal of what is about a unit of a closed cohort day; `received` says what that was.
 *
 * @example retentionPassed({ closedDay: '2026-01-01' }, 'outcome "o1"').code // 'RETENTION_PASSED'
 */
export function retentionPassed({ closedDay }: RetentionPassed, received: string): AssayError {
  return new AssayError(
    'RETENTION_PASSED',
    `Received ${received}, of a unit first exposed on ${closedDay}. That cohort day is closed, as its outcomes are archived ` +
      '(GET /v1/archives). Do not send it again; send outcomes sooner, or keep them longer with ASSAY_RETENTION.',
  );
}
