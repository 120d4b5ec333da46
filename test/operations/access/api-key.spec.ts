import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bearerKey,
  isSameVerifier,
  newApiKey,
  selectorOf,
  verifierOf,
} from '../../../src/operations/access/api-key.js';

describe('An API key', () => {
  const { key, selector } = newApiKey('operate', randomBytes);

  it('names its scope and selector, and carries 256 secret bits and a checksum', () => {
    expect(key).toMatch(/^assay_operate_[0-9a-f]{16}_[0-9a-f]{72}$/);
    expect(selectorOf(key)).toBe(selector);
  });

  it('is never the same twice', () => {
    const keys = Array.from({ length: 100 }, () => newApiKey('read', randomBytes).key);
    expect(new Set(keys).size).toBe(100);
  });

  it('is refused after any change of one character, without a look-up', () => {
    fc.assert(
      fc.property(fc.nat(key.length - 1), fc.constantFrom(...'0123456789abcdefX_ '), (position, letter) => {
        const changed = key.slice(0, position) + letter + key.slice(position + 1);
        expect(selectorOf(changed)).toBe(changed === key ? selector : undefined);
      }),
    );
  });

  it.each([
    '',
    'assay',
    'assay_root_0_0',
    'x'.repeat(10_000),
    `${'assay_admin_'}${'0'.repeat(16)}_${'0'.repeat(72)}`,
  ])('is not "%.30s"', (text) => {
    expect(selectorOf(text)).toBeUndefined();
  });
});

describe('verifierOf', () => {
  it('is SHA-256 in hex', () => {
    // FIPS 180-2, appendix B.1: the message "abc".
    expect(verifierOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('isSameVerifier', () => {
  it('holds for equal digests, and not for others or other lengths', () => {
    expect(isSameVerifier(verifierOf('a'), verifierOf('a'))).toBe(true);
    expect(isSameVerifier(verifierOf('a'), verifierOf('b'))).toBe(false);
    expect(isSameVerifier(verifierOf('a'), '')).toBe(false);
  });
});

describe('bearerKey', () => {
  it('takes the key of a bearer header and of no other', () => {
    expect(bearerKey('Bearer abc')).toBe('abc');
    expect(bearerKey('bearer abc')).toBe('abc');
    for (const header of [
      undefined,
      '',
      'abc',
      'Bearer',
      'Bearer ',
      'Bearer a b',
      'Basic abc',
      'Bearer  abc',
      `Bearer ${'x'.repeat(600)}`,
    ]) {
      expect(bearerKey(header)).toBeUndefined();
    }
  });
});
