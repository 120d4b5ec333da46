import { refuseExpiredToken, tokenExpired } from '../../src/bucketing/token-expiry.js';

const payload = { issuedAt: Date.parse('2026-01-01T00:00:00Z') };

describe('tokenExpired', () => {
  it.each([
    ['2025-12-31T23:59:59Z', false],
    ['2026-01-07T23:59:59.999Z', false],
    ['2026-01-08T00:00:00Z', true],
  ])('with a window of seven days, at %s it is %s', (now, expired) => {
    expect(tokenExpired(payload, new Date(now), 'P7D')).toBe(expired);
  });
});

describe('refuseExpiredToken', () => {
  it('lets a token pass within the window', () => {
    expect(() => refuseExpiredToken(payload, new Date('2026-01-02'), 'P7D')).not.toThrow();
  });

  it('says when an expired one was issued and for how long it was good', () => {
    expect(() => refuseExpiredToken(payload, new Date('2026-02-01'), 'P7D')).toThrow(
      expect.objectContaining({
        code: 'TOKEN_EXPIRED',
        message: expect.stringMatching(/2026-01-01T00:00:00\.000Z.*P7D/) as string,
      }) as Error,
    );
  });
});
