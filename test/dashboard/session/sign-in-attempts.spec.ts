import { SignInAttempts } from '../../../src/dashboard/session/sign-in-attempts.js';

const at = (seconds: number) => new Date(Date.UTC(2031, 0, 1) + seconds * 1_000);

describe('attempts to sign in', () => {
  let attempts: SignInAttempts;
  const fail = (address: string, times: number, second = 0) => {
    for (let time = 0; time < times; time += 1) attempts.begin(address, at(second));
  };
  beforeEach(() => {
    attempts = new SignInAttempts();
  });

  it('are free ten times, and then wait for the rest of the minute', () => {
    fail('10.0.0.1', 9);
    expect(attempts.wait('10.0.0.1', at(1))).toBe(0);
    fail('10.0.0.1', 1, 20);
    expect(attempts.wait('10.0.0.1', at(20))).toBe(40);
    expect(attempts.wait('10.0.0.1', at(59.5))).toBe(1);
    expect(attempts.wait('10.0.0.1', at(60))).toBe(0);
  });

  it('begin anew after the minute', () => {
    fail('10.0.0.1', 10);
    fail('10.0.0.1', 9, 60);
    expect(attempts.wait('10.0.0.1', at(61))).toBe(0);
    fail('10.0.0.1', 1, 61);
    expect(attempts.wait('10.0.0.1', at(62))).toBe(58);
  });

  it('do not count when they succeed', () => {
    for (let time = 0; time < 50; time += 1) {
      fail('10.0.0.1', 1);
      attempts.succeed('10.0.0.1');
    }
    expect(attempts.wait('10.0.0.1', at(1))).toBe(0);
  });

  it('of others do not count', () => {
    fail('10.0.0.1', 10);
    expect(attempts.wait('10.0.0.2', at(1))).toBe(0);
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['2001:db8::1', '2001:db8:0:0:5::1', true],
    ['::1', '::2', true],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.2', false],
  ])('from %s count for %s: %s', (first, second, isSame) => {
    fail(first, 10);
    expect(attempts.wait(second, at(1)) > 0).toBe(isSame);
  });
});
