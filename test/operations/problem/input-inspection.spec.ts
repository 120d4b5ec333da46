import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  DEEPEST_NESTING,
  inspectInput,
  pointerTo,
} from '../../../src/operations/problem/input-inspection.js';
import { receivedValue, valueAt } from '../../../src/operations/problem/received-value.js';

const pointers = (input: unknown): string[] => inspectInput(input).map((fault) => fault.pointer);
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe('inspectInput', () => {
  it('finds nothing in ordinary JSON', () => {
    const plain = fc.string({ unit: 'grapheme-ascii' });
    const value = fc.jsonValue({ maxDepth: DEEPEST_NESTING - 2, stringUnit: 'grapheme-ascii' });
    fc.assert(
      fc.property(fc.dictionary(plain, value), (input) => {
        fc.pre(!JSON.stringify(input).includes('__proto__'));
        expect(inspectInput(input)).toEqual([]);
      }),
    );
  });

  it('points at a NUL character wherever it is put', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b/c', 'd~e'), { maxLength: 8 }), (path) => {
        const input = path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), 'x\0y');
        expect(pointers(input)).toEqual([path.reduce<string>(pointerTo, '')]);
      }),
    );
  });

  it('finds names that poison prototypes, overflowed numbers and broken Unicode', () => {
    expect(
      pointers(JSON.parse('{"a":{"__proto__":1},"b":1e400,"c":"\\udc00","constructor":{"prototype":1}}')),
    ).toEqual(['/a/__proto__', '/b', '/c', '/constructor']);
  });

  it('lets whole surrogate pairs and a harmless "constructor" pass', () => {
    expect(pointers({ name: '😀', constructor: 'Renault' })).toEqual([]);
  });

  it('accepts 32 levels and no more', () => {
    expect(pointers(nested(32))).toEqual([]);
    expect(pointers(nested(33))).toEqual(['/0'.repeat(32)]);
  });

  it('stops collecting after 20 faults', () => {
    expect(pointers(Array.from({ length: 1000 }, () => '\0'))).toHaveLength(20);
  });
});

describe('pointerTo', () => {
  it('escapes as RFC 6901 says', () => {
    // RFC 6901, section 5: the keys "a/b" and "m~n" of the example document.
    expect(pointerTo('', 'a/b')).toBe('/a~1b');
    expect(pointerTo('', 'm~n')).toBe('/m~0n');
    expect(pointerTo('/foo', 0)).toBe('/foo/0');
  });
});

describe('receivedValue', () => {
  it('shows small values, the size of large ones, and nothing of secrets', () => {
    expect(receivedValue(['weight'], -1)).toBe('-1');
    expect(receivedValue(['name'], undefined)).toBe('nothing');
    expect(receivedValue(['items'], [1, 2, 3])).toBe('a list of 3');
    expect(receivedValue(['config'], { a: 1 })).toBe('an object of 1 fields');
    expect(receivedValue(['name'], 'x'.repeat(500))).toHaveLength(61);
    expect(receivedValue(['apiKey'], 'hunter2')).toBe('a hidden string of 7 characters');
    expect(receivedValue(['token', 'inner'], 5)).toBe('a hidden value');
    expect(receivedValue(['token'], null)).toBe('null');
  });
});

describe('valueAt', () => {
  it('follows own fields only', () => {
    expect(valueAt({ a: [{ b: 2 }] }, ['a', 0, 'b'])).toBe(2);
    expect(valueAt({}, ['toString'])).toBeUndefined();
    expect(valueAt(null, ['a'])).toBeUndefined();
  });
});
