import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { unitKey } from '../../src/bucketing/unit-key.js';

describe('unitKey', () => {
  it('is the start of the published SHA-256 of "abc"', () => {
    // Source: FIPS 180-2, appendix B.1: ba7816bf 8f01cfea 414140de 5dae2223 …
    expect(unitKey('abc')).toBe('ba7816bf-8f01-cfea-4141-40de5dae2223');
  });

  it('holds the first 128 bits of SHA-256 of any id', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (id) => {
        const digest = createHash('sha256').update(id, 'utf8').digest('hex');
        expect(unitKey(id).replaceAll('-', '')).toBe(digest.slice(0, 32));
        expect(unitKey(id)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      }),
    );
  });
});
