import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  closestName,
  editDistance,
  printable,
} from '../../../src/operations/configuration/variable-report.js';

describe('printable', () => {
  it('masks a variable that holds a secret, and the password in any address', () => {
    expect(printable('ASSAY_ADMIN_KEY', 'abc')).toBe('*** (3 characters)');
    expect(printable('REDIS_URL', 'redis://:pass@h:6379')).toBe('redis://:***@h:6379');
    expect(printable('DATABASE_URL', 'postgres://me:p@ss/w:rd@h/assay')).toBe('postgres://me:***@h/assay');
    expect(printable('DATABASE_URL', 'me:pass@h/assay')).toBe('me:***@h/assay');
    expect(printable('DATABASE_URL', 'postgres://h:5432/assay')).toBe('postgres://h:5432/assay');
    expect(printable('PORT', 'x'.repeat(500))).toHaveLength(121);
  });
});

describe('editDistance', () => {
  it('counts insertions, deletions and substitutions', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3); // the textbook pair: k→s, e→i, +g
    expect(editDistance('', 'abc')).toBe(3);
  });

  it('is zero for equal words only, and the same in both directions', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        expect(editDistance(left, right)).toBe(editDistance(right, left));
        expect(editDistance(left, right) === 0).toBe(left === right);
      }),
    );
  });
});

describe('closestName', () => {
  it('finds the nearest name within reach and nothing beyond', () => {
    expect(closestName('ASSAY_SECRET', ['ASSAY_SECRETS', 'ASSAY_MODEL'])).toBe('ASSAY_SECRETS');
    expect(closestName('assay_model', ['ASSAY_SECRETS', 'ASSAY_MODEL'])).toBe('ASSAY_MODEL');
    expect(closestName('ZZZZZZZZZZZZ', ['ASSAY_SECRETS'])).toBeUndefined();
  });
});
