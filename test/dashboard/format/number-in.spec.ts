import {
  numberFrom,
  numberIn,
  numberSigns,
  numberText,
} from '../../../src/dashboard/web/format/number-in.js';

function read(text: string, locale: string) {
  const faults: string[] = [];
  const number = numberIn(text, (message) => faults.push(message), numberSigns(locale));
  return number ?? faults[0] ?? 'nothing';
}

describe('a typed number', () => {
  it.each([
    ['0.2', 'de-DE', 0.2],
    ['0,2', 'de-DE', 0.2],
    ['0,2', 'fr-FR', 0.2],
    ['0,2', 'en-US', 0.2],
    ['-12,5', 'de-DE', -12.5],
    ['1,234', 'de-DE', 1.234],
    ['1.234', 'en-US', 1.234],
    ['1.234', 'fr-FR', 1.234],
    ['1,234', 'de-CH', 'can be read as 1234 or as 1.234'],
    ['0.125', 'de-DE', 0.125],
    ['1234,5678', 'de-DE', 1234.5678],
    ['1e-3', 'de-DE', 0.001],
    [' ', 'de-DE', 'nothing'],
  ])('%j in %s is %s', (text, locale, expected) => {
    if (typeof expected === 'number') expect(read(text, locale)).toBe(expected);
    else expect(read(text, locale)).toContain(expected);
  });

  it('is refused where a sign may stand between thousands or before the fraction', () => {
    expect(read('1,234', 'en-US')).toBe('"1,234" can be read as 1234 or as 1.234; write one of these');
    expect(read('1.234', 'de-DE')).toBe('"1.234" can be read as 1234 or as 1,234; write one of these');
  });

  it.each([
    ['1.234,5', 'de-DE', '1234,5'],
    ['1,234.5', 'en-US', '1234.5'],
    ['1,234,567', 'en-US', '1234567'],
    ['12 000', 'fr-FR', '12000'],
    ['12’000', 'de-CH', '12000'],
  ])('is refused with signs between its thousands: %s', (text, locale, plain) => {
    expect(read(text, locale)).toBe(`"${text}" has signs between its thousands; write ${plain}`);
  });

  it.each([
    ['many', 'en-US', '"many" is no number; write one such as 0.5'],
    ['50 %', 'de-DE', '"50 %" is no number; write one such as 0,5'],
    ['0,5,5', 'de-DE', '"0,5,5" is no number; write one such as 0,5'],
  ])('that is none is refused: %s', (text, locale, words) => {
    expect(read(text, locale)).toBe(words);
  });

  it('is read again as it was written', () => {
    for (const locale of ['de-DE', 'en-US', 'fr-FR', 'sv-SE'])
      for (const number of [0.2, 1.125, 12.3456, -0.5, 100, 1e-7, 1234.567])
        expect(read(numberText(number, numberSigns(locale)), locale)).toBe(number);
  });

  it('is none where nothing or no number was typed', () => {
    expect([numberFrom(''), numberFrom('many'), numberFrom('0,5')]).toEqual([undefined, undefined, 0.5]);
  });
});
