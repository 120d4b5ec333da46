import { AssayError } from '../../operations/assay-error.js';

/**
 * The refusal of a request for a plan because of one of its fields.
 *
 * @example planRefusal('/minimumEffect', 'is missing; give one').code; // 'INVALID_REQUEST'
 */
export function planRefusal(pointer: string, message: string): AssayError {
  return new AssayError('INVALID_REQUEST', `There can be no plan: ${pointer} ${message}.`, [
    { pointer, message },
  ]);
}
