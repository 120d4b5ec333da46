/**
 * The murmur3 x86 32-bit hash of the text's UTF-8 bytes, as an unsigned integer.
 *
 * ASCII text is hashed four characters at a time and nothing is allocated; from the first other character on,
 * bytes are encoded one by one. A lone surrogate counts as U+FFFD, as in `TextEncoder`.
 *
 * Source: Austin Appleby, MurmurHash3.cpp (public domain), function MurmurHash3_x86_32.
 *
 * @example murmur3('hello', 0) // 613153351
 */
export function murmur3(text: string, seed: number): number {
  const length = text.length;
  const bodyEnd = length & ~3;
  let hash = seed | 0;
  let position = 0;
  for (; position < bodyEnd; position += 4) {
    const first = text.charCodeAt(position);
    const second = text.charCodeAt(position + 1);
    const third = text.charCodeAt(position + 2);
    const fourth = text.charCodeAt(position + 3);
    if ((first | second | third | fourth) > lastAscii) return hashUnicode(text, position, hash);
    hash = mixBlock(hash, first | (second << 8) | (third << 16) | (fourth << 24));
  }
  let tail = 0;
  for (let shift = 0; position < length; position++, shift += 8) {
    const code = text.charCodeAt(position);
    if (code > lastAscii) return hashUnicode(text, bodyEnd, hash);
    tail |= code << shift;
  }
  return finish(hash ^ scramble(tail), length);
}

/** 32-bit multiplication, bound once: where globals are looked up through a context, each look-up costs more than the product. */
const { imul } = Math;

const lastAscii = 0x7f;
const replacementCharacter = 0xfffd;

/** Goes on from `start`, before which all was ASCII and a whole number of blocks. */
function hashUnicode(text: string, start: number, state: number): number {
  let hash = state;
  let block = 0;
  let byteLength = start;
  for (let position = start; position < text.length; position++) {
    const codePoint = text.codePointAt(position) ?? 0;
    if (codePoint > 0xffff) position++;
    const encoded = encodeUtf8(codePoint >= 0xd800 && codePoint <= 0xdfff ? replacementCharacter : codePoint);
    const count = encoded < 0 ? 4 : encoded > 0xffff ? 3 : encoded > 0xff ? 2 : 1;
    for (let shift = 0; shift < count * 8; shift += 8) {
      block |= ((encoded >>> shift) & 0xff) << ((byteLength & 3) * 8);
      byteLength++;
      if ((byteLength & 3) === 0) {
        hash = mixBlock(hash, block);
        block = 0;
      }
    }
  }
  return finish(hash ^ scramble(block), byteLength);
}

/** The UTF-8 bytes of a code point packed into one integer, first byte lowest; negative for four bytes. */
function encodeUtf8(codePoint: number): number {
  if (codePoint < 0x80) return codePoint;
  const last = 0x80 | (codePoint & 0x3f);
  if (codePoint < 0x800) return 0xc0 | (codePoint >> 6) | (last << 8);
  const third = 0x80 | ((codePoint >> 6) & 0x3f);
  if (codePoint < 0x10000) return 0xe0 | (codePoint >> 12) | (third << 8) | (last << 16);
  const second = 0x80 | ((codePoint >> 12) & 0x3f);
  return 0xf0 | (codePoint >> 18) | (second << 8) | (third << 16) | (last << 24);
}

/** What the function does with four bytes before it mixes them in; the same whatever came before them. */
export function scramble(block: number): number {
  const product = imul(block, 0xcc9e2d51);
  return imul((product << 15) | (product >>> 17), 0x1b873593);
}

function mixBlock(hash: number, block: number): number {
  return mixScrambled(hash, scramble(block));
}

/** The state after four more bytes, given scrambled. */
export function mixScrambled(hash: number, scrambled: number): number {
  const mixed = hash ^ scrambled;
  return (imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

/** Lets every input bit reach every output bit. */
export function finish(hash: number, byteLength: number): number {
  let mixed = hash ^ byteLength;
  mixed = imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
