import { sessionPinExpired } from '../../src/bucketing/session-pin.js';

const exposedAt = new Date('2026-01-01T00:00:00Z');

describe('sessionPinExpired', () => {
  it.each([
    ['at once', '2026-01-01T00:00:00.000Z', false],
    ['a millisecond before 30 days', '2026-01-30T23:59:59.999Z', false],
    ['after 30 days', '2026-01-31T00:00:00.000Z', true],
  ])('with the default life, %s: at %s it is %s', (_, now, expired) => {
    expect(sessionPinExpired(exposedAt, new Date(now))).toBe(expired);
  });

  it('follows the life it is given', () => {
    expect(sessionPinExpired(exposedAt, new Date('2026-01-01T01:00:00Z'), 'PT1H')).toBe(true);
    expect(sessionPinExpired(exposedAt, new Date('2026-01-01T00:59:59Z'), 'PT1H')).toBe(false);
  });
});
