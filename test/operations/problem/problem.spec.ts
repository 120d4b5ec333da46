import { describe, expect, it } from '@jest/globals';
import { AssayError } from '../../../src/operations/assay-error.js';
import { problemOf, refusalOfStatus, statusOf } from '../../../src/operations/problem/problem.js';

const place = { instance: '/v1/x', requestId: 'r1' };

describe('problemOf', () => {
  it('has the members of RFC 9457 and ours', () => {
    const faults = [{ pointer: '/a', message: 'is wrong' }];
    expect(problemOf(new AssayError('INVALID_REQUEST', 'The body is wrong.', faults), place)).toEqual({
      type: 'urn:assay:problem:invalid-request',
      title: 'The request is not valid',
      status: 400,
      detail: 'The body is wrong.',
      instance: '/v1/x',
      code: 'INVALID_REQUEST',
      requestId: 'r1',
      errors: faults,
    });
  });

  it('keeps what failed on our side out of the answer', () => {
    const problem = problemOf(new AssayError('DATABASE_UNAVAILABLE', 'connect ECONNREFUSED 10.0.0.7'), place);
    expect(problem).toMatchObject({
      status: 503,
      code: 'DATABASE_UNAVAILABLE',
      detail: expect.stringContaining('r1'),
    });
    expect(JSON.stringify(problem)).not.toContain('10.0.0.7');
  });

  it.each([new Error('secret'), 'secret', null, undefined, { code: 'NOT_FOUND', message: 'secret' }])(
    'takes %p for an internal error',
    (error) => {
      const problem = problemOf(error, place);
      expect(problem).toMatchObject({ status: 500, code: 'INTERNAL' });
      expect(JSON.stringify(problem)).not.toContain('secret');
    },
  );

  it('lists at most a hundred faults and says how many it left out', () => {
    const faults = Array.from({ length: 250 }, (_, position) => ({
      pointer: `/${position}`,
      message: 'is wrong',
    }));
    const { errors } = problemOf(new AssayError('INVALID_REQUEST', 'Wrong.', faults), place);
    expect(errors).toHaveLength(101);
    expect(errors?.at(-1)?.message).toBe('and 150 more faults');
  });
});

describe('refusalOfStatus', () => {
  it('knows the code of every status that a framework refuses with', () => {
    for (const status of [401, 403, 404, 405, 406, 408, 409, 412, 413, 414, 415, 429, 431, 503]) {
      const refusal = refusalOfStatus(status, 'no');
      expect(refusal && statusOf(refusal.code)).toBe(status);
    }
  });

  it('takes other statuses below 500 for an invalid request, and the rest for nothing it knows', () => {
    expect(refusalOfStatus(418, 'no')?.code).toBe('INVALID_REQUEST');
    expect(refusalOfStatus(500, 'no')).toBeUndefined();
    expect(refusalOfStatus(302, 'no')).toBeUndefined();
  });
});
