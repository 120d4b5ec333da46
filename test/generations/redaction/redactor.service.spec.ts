import { generationLogDefaults, type Redact } from '../../../src/generations/generation-log.options.js';
import { Redactor, withheld } from '../../../src/generations/redaction/redactor.service.js';

const redactor = (patterns: readonly string[], redact: Redact | null = null) => {
  const made = new Redactor({ ...generationLogDefaults, patterns, redact });
  const messages: unknown[] = [];
  const quiet = { error: (...texts: unknown[]) => messages.push(...texts) };
  Object.assign(made, { logger: quiet });
  return { made, messages };
};

describe('redaction', () => {
  it("takes out what the user's patterns find, whole", async () => {
    const { made } = redactor(['EMP-\\d+', 'ACME\\s[A-Z]{3}']);
    expect(await made.redactText('EMP-123456 of ACME XYZ')).toBe('[redacted] of [redacted]');
  });

  it('refuses at start what is no pattern, naming it', () => {
    expect(() => redactor(['(a'])).toThrow(
      expect.objectContaining({ code: 'INVALID_CONFIGURATION', message: expect.stringContaining('"(a"') }),
    );
  });

  it("asks the application's callback last, waiting for it", async () => {
    const { made } = redactor([], async (text) => {
      await Promise.resolve();
      return text.replace('[e-mail]', 'somebody').replaceAll('Ada', 'A.');
    });
    expect(await made.redactText('Ada: ada@example.com')).toBe('A.: somebody');
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('canary');
      },
    ],
    ['rejects', () => Promise.reject(new TypeError('canary'))],
    ['returns no text', () => undefined as unknown as string],
  ] as [string, Redact][])(
    'withholds the text where the callback %s, and says so without it',
    async (_what, redact) => {
      const { made, messages } = redactor([], redact);
      expect(await made.redactText('canary')).toBe(withheld);
      await made.redactText('canary');
      expect(messages).toHaveLength(1);
      expect(String(messages)).not.toContain('canary');
    },
  );
});
