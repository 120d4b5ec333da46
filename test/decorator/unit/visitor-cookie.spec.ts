import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { readVisitor, signVisitor, visitorCookie } from '../../../src/decorator/unit/visitor-cookie.js';

const id = 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6';
const key = Buffer.from('the present key');
const older = Buffer.from('the key before');
const signed = signVisitor(id, key);

describe('The visitor cookie', () => {
  it('is the id and its HMAC-SHA-256', () => {
    // RFC 2104, by Node's own implementation.
    const signature = createHmac('sha256', key).update(`assay_unit=${id}`).digest('base64url');
    expect(signed).toBe(`${id}.${signature}`);
  });

  it('is read back among other cookies, quoted or not, by any of the keys', () => {
    expect(readVisitor(`theme=dark; assay_unit=${signed}; a=b`, [key])).toBe(id);
    expect(readVisitor(`assay_unit="${signed}"`, [key])).toBe(id);
    expect(readVisitor(`assay_unit=${signVisitor(id, older)}`, [key, older])).toBe(id);
  });

  it('is looked for under every value of that name', () => {
    expect(readVisitor(`assay_unit=planted; assay_unit=${signed}`, [key])).toBe(id);
  });

  it('is refused once its key has been retired', () => {
    expect(readVisitor(`assay_unit=${signVisitor(id, older)}`, [key])).toBeNull();
  });

  it.each([
    undefined,
    '',
    'assay_unit',
    'assay_unit=',
    `assay_unit=${id}`,
    `assay_unit=${id}.`,
    `my_assay_unit=${signed}`,
  ])('is not found in %p', (header) => {
    expect(readVisitor(header, [key])).toBeNull();
  });

  it('cannot be made by changing one character of another', () => {
    const position = fc.nat({ max: signed.length - 1 });
    const character = fc.constantFrom(...'0123456789abcdefXYZ_-.'.split(''));
    fc.assert(
      fc.property(position, character, (at, replacement) => {
        fc.pre(signed[at] !== replacement);
        const changed = signed.slice(0, at) + replacement + signed.slice(at + 1);
        // The last character of the base64url text of 32 bytes carries 4 bits; another may decode alike, but is compared as text.
        expect(readVisitor(`assay_unit=${changed}`, [key])).toBeNull();
      }),
    );
  });

  it('is Secure over https alone', () => {
    const attributes = 'Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax';
    expect(visitorCookie(signed, false)).toBe(`assay_unit=${signed}; ${attributes}`);
    expect(visitorCookie(signed, true)).toBe(`assay_unit=${signed}; ${attributes}; Secure`);
  });
});
