import { createSecretKey } from 'node:crypto';
import { forcedByHeader, signForcePass } from '../../src/bucketing/force-pass.js';

const key = createSecretKey('a secret of enough characters', 'utf8');
const other = createSecretKey('another one, as good as it is', 'utf8');
const expiresAt = new Date('2026-01-05T12:00:00Z');
const before = new Date('2026-01-05T11:59:59Z');
const pass = signForcePass(key, { experiment: 'greeting', variant: 'warm', expiresAt });

describe('a pass', () => {
  it('forces its variant of its experiment, also among others', () => {
    expect(forcedByHeader([key], pass, 'greeting', before)).toBe('warm');
    expect(forcedByHeader([other, key], `nonsense, ${pass}`, 'greeting', before)).toBe('warm');
  });

  it.each([
    ['another experiment', pass, 'farewell', before],
    ['the time after it expired', pass, 'greeting', expiresAt],
    ['another variant', pass.replace('~warm~', '~cold~'), 'greeting', before],
    ['a longer life', pass.replace(/~\d+~/, '~9999999999~'), 'greeting', before],
    ['what nobody signed', 'greeting~warm~9999999999~' + 'A'.repeat(43), 'greeting', before],
    ['nothing', '', 'greeting', before],
  ])('is worth nothing for %s', (_what, header, experiment, now) => {
    expect(forcedByHeader([key], header, experiment, now)).toBeUndefined();
  });

  it('is worth nothing where its secret is not known', () => {
    expect(forcedByHeader([other], pass, 'greeting', before)).toBeUndefined();
    expect(forcedByHeader([], pass, 'greeting', before)).toBeUndefined();
  });
});
