import { describe, expect, it } from '@jest/globals';
import { checkListening, isLoopback, mayListen } from '../../../src/operations/configuration/loopback.js';

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.8.8.8', 'localhost', 'LOCALHOST', '::1', '[::1]', '::ffff:127.0.0.1'])(
    'holds for %s',
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  it.each([
    '0.0.0.0',
    '::',
    '10.0.0.1',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '1127.0.0.1',
    '',
  ])('does not hold for "%s"', (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});

describe('mayListen', () => {
  it('lets a server without keys on loopback only', () => {
    expect(mayListen('127.0.0.1', false)).toBe(true);
    expect(mayListen('0.0.0.0', false)).toBe(false);
    expect(mayListen('0.0.0.0', true)).toBe(true);
  });
});

describe('checkListening', () => {
  it('stops an exposed start without keys, and says what to do', () => {
    expect(() => checkListening('0.0.0.0', false)).toThrow(/HOST=0\.0\.0\.0.*ASSAY_ADMIN_KEY/);
    expect(() => checkListening('0.0.0.0', true)).not.toThrow();
    expect(() => checkListening('localhost', false)).not.toThrow();
  });
});
