import fc from 'fast-check';
import { murmur3 } from '../../src/bucketing/murmur3.js';

/** The algorithm word for word over a byte array, from MurmurHash3.cpp (Austin Appleby, public domain). */
function murmur3OfBytes(bytes: Uint8Array, seed: number): number {
  const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks = Math.floor(bytes.length / 4);
  let h1 = seed;
  for (let i = 0; i < blocks; i++) {
    let k1 = view.getInt32(i * 4, true);
    k1 = Math.imul(k1, 0xcc9e2d51);
    k1 = rotate(k1, 15);
    k1 = Math.imul(k1, 0x1b873593);
    h1 ^= k1;
    h1 = rotate(h1, 13);
    h1 = (Math.imul(h1, 5) + 0xe6546b64) | 0;
  }
  const tail = bytes.subarray(blocks * 4);
  let k1 = 0;
  if (tail.length >= 3) k1 ^= tail[2]! << 16;
  if (tail.length >= 2) k1 ^= tail[1]! << 8;
  if (tail.length >= 1) {
    k1 ^= tail[0]!;
    k1 = Math.imul(k1, 0xcc9e2d51);
    k1 = rotate(k1, 15);
    k1 = Math.imul(k1, 0x1b873593);
    h1 ^= k1;
  }
  h1 ^= bytes.length;
  h1 ^= h1 >>> 16;
  h1 = Math.imul(h1, 0x85ebca6b);
  h1 ^= h1 >>> 13;
  h1 = Math.imul(h1, 0xc2b2ae35);
  h1 ^= h1 >>> 16;
  return h1 >>> 0;
}

describe('murmur3', () => {
  // Source: Ian Boyd's test vectors for MurmurHash3_x86_32, https://stackoverflow.com/a/31929528 (bytes given as text).
  it.each([
    ['', 0x00000000, 0x00000000],
    ['', 0x00000001, 0x514e28b7],
    ['', 0xffffffff, 0x81f16f39],
    ['\0\0\0\0', 0x00000000, 0x2362f9de],
    ['\0\0\0', 0x00000000, 0x85f0b427],
    ['\0\0', 0x00000000, 0x30f4c306],
    ['\0', 0x00000000, 0x514e28b7],
    ['aaaa', 0x9747b28c, 0x5a97808a],
    ['aaa', 0x9747b28c, 0x283e0130],
    ['aa', 0x9747b28c, 0x5d211726],
    ['a', 0x9747b28c, 0x7fa09ea6],
    ['abcd', 0x9747b28c, 0xf0478627],
    ['abc', 0x9747b28c, 0xc84a62dd],
    ['ab', 0x9747b28c, 0x74875592],
    ['Hello, world!', 0x9747b28c, 0x24884cba],
    ['ππππππππ', 0x9747b28c, 0xd58063c1],
    ['a'.repeat(256), 0x9747b28c, 0x37405bdc],
    ['abc', 0x00000000, 0xb3dd93fa],
    ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', 0x00000000, 0xee925b90],
    ['The quick brown fox jumps over the lazy dog', 0x9747b28c, 0x2fa826cd],
  ])('hashes %j with seed %d as published', (text, seed, expected) => {
    expect(murmur3(text, seed)).toBe(expected);
  });

  it('hashes the UTF-8 bytes of any text, lone surrogates as TextEncoder writes them', () => {
    const encoder = new TextEncoder();
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
    );
    fc.assert(
      fc.property(anyText, fc.integer(), (text, seed) => {
        expect(murmur3(text, seed)).toBe(murmur3OfBytes(encoder.encode(text), seed));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    'é',
    'aé',
    'abcé',
    'abcd漢',
    'abcde😀',
    '😀',
    '\ud800',
    'abc\udc00',
    '\u0800',
    '\uffff',
    '\u{10ffff}',
  ])('goes from ASCII to other characters at any place: %j', (text) => {
    expect(murmur3(text, 7)).toBe(murmur3OfBytes(new TextEncoder().encode(text), 7));
  });
});
