import { HttpException, NotFoundException } from '@nestjs/common';
import { thrownKindOf } from '../../../src/decorator/request/thrown.adapter.js';
import { AssayError } from '../../../src/operations/assay-error.js';

it.each<[string, unknown, 'refusal' | 'error']>([
  ["Nest's 404", new NotFoundException(), 'refusal'],
  ["Nest's 503", new HttpException('away', 503), 'error'],
  ["Assay's refusal of a request", new AssayError('INVALID_REQUEST', 'no text'), 'refusal'],
  ["Assay's own failure", new AssayError('INTERNAL', 'broken'), 'error'],
  ["http-errors' 413", Object.assign(new Error('too large'), { statusCode: 413 }), 'refusal'],
  // A provider's 429 is no fault of the caller.
  [
    'an error that reports the status of another server',
    Object.assign(new Error('slow down'), { status: 429 }),
    'error',
  ],
  ['any error', new TypeError('x is undefined'), 'error'],
  ['a thrown text', 'broken', 'error'],
  ['nothing at all', undefined, 'error'],
])('blames by what was thrown: %s', (_what, thrown, kind) => {
  expect(thrownKindOf(thrown)).toBe(kind);
});
