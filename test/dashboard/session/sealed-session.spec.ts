import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { verifierOf } from '../../../src/operations/access/api-key.js';
import { openSession, sealSession, type Session } from '../../../src/dashboard/session/sealed-session.js';

const secretOf = (text: string) => createSecretKey(text, 'utf8');
const [old, present] = [
  secretOf('an old secret of this server'),
  secretOf('the present secret, which is new'),
];
const key = 'assay_read_0011223344556677_not-really';
const session: Session = {
  selector: '0011223344556677',
  verifier: verifierOf(key),
  expiresAt: new Date('2031-02-03T04:05:06.789Z'),
};

describe('a sealed session', () => {
  const sealed = sealSession(present, session, randomBytes);

  it('is opened by the secret that sealed it', () => {
    expect(openSession([present], sealed)).toEqual(session);
  });

  it('is opened after a rotation as long as the secret is kept, and not afterwards', () => {
    const before = sealSession(old, session, randomBytes);
    expect(openSession([present, old], before)).toEqual(session);
    expect(openSession([present], before)).toBeNull();
    expect(openSession([], sealed)).toBeNull();
  });

  it('fits into a cookie and shows neither key, selector nor verifier', () => {
    expect(sealed).toMatch(/^[\w-]{95,200}$/);
    const shown = Buffer.from(sealed, 'base64url').toString('latin1');
    for (const secret of [key, session.selector, session.verifier]) expect(shown).not.toContain(secret);
    const bytes = Buffer.from(sealed, 'base64url').toString('hex');
    expect(bytes).not.toContain(session.verifier);
  });

  it('looks different each time', () => {
    expect(sealSession(present, session, randomBytes)).not.toBe(sealed);
  });

  it('is refused with any one bit changed', () => {
    const bytes = Buffer.from(sealed, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(openSession([present, old], changed.toString('base64url'))).toBeNull();
    }
  });

  it('is refused cut short or drawn out', () => {
    for (let length = 0; length < sealed.length; length += 1) {
      expect(openSession([present], sealed.slice(0, length))).toBeNull();
    }
    expect(openSession([present], `${sealed}AAAA`)).toBeNull();
  });

  it('is nothing that anybody can make up', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 60, maxLength: 200 }), (bytes) => {
        expect(openSession([present, old], Buffer.from(bytes).toString('base64url'))).toBeNull();
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => openSession([present], text) === null));
  });
});
