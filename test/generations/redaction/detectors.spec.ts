import fc from 'fast-check';
import { isCardNumber, isIban } from '../../../src/generations/redaction/check-digits.js';
import { withoutPersonalData } from '../../../src/generations/redaction/detectors.js';

describe('the built-in redaction', () => {
  it.each([
    ['write to ada.lovelace+x@mail.example.co.uk.', 'write to [e-mail].'],
    ['jürgen@bücher.example', '[e-mail]'],
    ['call +49 (0)30 901820-10 today', 'call [phone] today'],
    ['call 00441632960961', 'call [phone]'],
    ['(555) 123-4567 or 555-123-4567', '[phone] or [phone]'],
    ['Telefon 030/901820123', 'Telefon [phone]'],
    ['IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFF', 'IBAN [iban] BIC COBADEFF'],
    ['gb29nwbk60161331926819', '[iban]'],
    ['card 4111-1111-1111-1111 exp 12/29', 'card [card] exp 12/29'],
    ['card 4111 1111 1111 1111 12', 'card [card] 12'],
    ['order 1234 4111 1111 1111 1111', 'order 1234 [card]'],
    ['from 192.168.0.1, port 80', 'from [ip], port 80'],
    ['at 2001:db8::8a2e:370:7334 and ::1', 'at [ip] and [ip]'],
    ['ANTHROPIC_API_KEY=sk-ant-api03-abcdefghijklmnop-QRST', 'ANTHROPIC_API_KEY=[api key]'],
    ['aws AKIAIOSFODNN7EXAMPLE', 'aws [api key]'],
    ['token ghp_16C7e42F292c6912E7710c838347Ae178B4a', 'token [api key]'],
    ['Authorization: Bearer abcdefghijklmnopqrstuvwxyz', 'Authorization: Bearer [api key]'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.dozjgNryP4J3jVmNHl0w5N', '[api key]'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '[private key]'],
  ])('takes out of %j what is personal or secret', (text, redacted) => {
    expect(withoutPersonalData(text)).toBe(redacted);
  });

  it.each([
    'The meeting is on 2026-01-31 at 12:30:45, room 4.11.',
    'On 01-12-2026 revenue was 1,234,567.89 dollars, 12.5 % more than in 2025.',
    'std::vector<int> and a::b; version 1.2.3',
    'Order 4111111111111112 has no check digit.',
    'Ask @ada or #42; x@y is no address.',
  ])('leaves alone %j', (text) => {
    expect(withoutPersonalData(text)).toBe(text);
  });

  it('finds every card number, wherever it stands and however it is grouped', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 18 });
    fc.assert(
      fc.property(
        digits,
        fc.constantFrom('', ' ', '-'),
        fc.integer({ min: 3, max: 5 }),
        (body, separator, size) => {
          const check = [...'0123456789'].find((digit) => isCardNumber(body.join('') + digit))!;
          const number = `${body.join('')}${check}`;
          const grouped = (number.match(new RegExp(`\\d{1,${size}}`, 'g')) ?? []).join(separator);
          // Another reading of the same digits, such as an IP address' or a phone number's, may come first: none may be left.
          expect(withoutPersonalData(`pay with ${grouped}, please`)).not.toContain(grouped);
        },
      ),
    );
  });

  it('knows check digits by the published examples', () => {
    // ISO 13616 and the card networks' test numbers.
    for (const iban of ['DE89370400440532013000', 'GB82WEST12345698765432', 'NO9386011117947']) {
      expect(isIban(iban)).toBe(true);
      expect(isIban(iban.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)))).toBe(false);
    }
    for (const card of ['4111111111111111', '378282246310005', '5555555555554444'])
      expect(isCardNumber(card)).toBe(true);
  });

  it('is done with a long text soon, also with one made to keep it busy', () => {
    for (const piece of [
      'a',
      '1',
      '1 ',
      'eyJ',
      'sk-',
      'a@',
      'a.',
      ':',
      '1.',
      '+1',
      'DE89',
      '-----BEGIN PRIVATE KEY-----',
      '(',
      '0-',
    ]) {
      const taken = (characters: number) => {
        const started = performance.now();
        withoutPersonalData(piece.repeat(Math.ceil(characters / piece.length)));
        return performance.now() - started;
      };
      // Eight times the text takes eight times as long, with much room for noise; a square would take 64 times.
      const short = Math.max(20, taken(25_000));
      expect({ piece, isSlow: taken(200_000) > 40 * short }).toEqual({ piece, isSlow: false });
    }
  });
});
