import {
  endedSessionCookie,
  sessionCookie,
  sessionIn,
} from '../../../src/operations/access/session-cookie.js';

describe('The cookie of a session', () => {
  it('is for this host alone, unreadable to scripts and never sent from another site', () => {
    expect(sessionCookie('AbC', 60)).toBe(
      '__Host-assay-session=AbC; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=60',
    );
    expect(endedSessionCookie).toContain('__Host-assay-session=; ');
    expect(endedSessionCookie).toMatch(/Max-Age=0$/);
  });

  it.each([
    ['__Host-assay-session=AbC', 'AbC'],
    ['a=1; __Host-assay-session=AbC; b=2', 'AbC'],
    ['a=1;__Host-assay-session=AbC', 'AbC'],
    ['x__Host-assay-session=AbC', undefined],
    ['__host-assay-session=AbC', undefined],
    ['a=__Host-assay-session=AbC', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('in "%s" is %s', (header, value) => {
    expect(sessionIn(header)).toBe(value);
  });
});
