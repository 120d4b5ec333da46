/** How long the IBANs of countries are, check digits included. Source: SWIFT, "IBAN Registry". */
const ibanLengths = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 ' +
    'FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 ' +
    'LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ' +
    'ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
);

const zero = '0'.charCodeAt(0);

/**
 * Whether digits end in the right check digit of a payment card (Luhn, US patent 2,950,048).
 *
 * @example isCardNumber('4111111111111111') // true
 */
export function isCardNumber(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19) return false;
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - zero;
    if (digit < 0 || digit > 9) return false;
    const value = place % 2 === 0 ? digit : digit * 2;
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

/**
 * Whether a text without spaces is an IBAN: its country's length, and a remainder of 1 by 97 (ISO 13616, ISO 7064).
 *
 * @example isIban('DE89370400440532013000') // true
 */
export function isIban(text: string): boolean {
  const iban = text.toUpperCase();
  if (ibanLengths.get(iban.slice(0, 2)) !== iban.length) return false;
  const moved = iban.slice(4) + iban.slice(0, 4);
  let remainder = 0;
  for (const character of moved) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/**
 * How many characters of a text its longest beginning takes that is accepted without its separators; 0 for none.
 *
 * @example acceptedLength('4111 1111 1111 1111 12', isCardNumber) // 19
 */
export function acceptedLength(text: string, accepts: (compact: string) => boolean): number {
  const ends: number[] = [];
  let compact = '';
  for (let place = 0; place < text.length; place++) {
    const character = text[place]!;
    if (character === ' ' || character === '-') continue;
    compact += character;
    ends.push(place + 1);
  }
  for (let count = ends.length; count > 0; count--) {
    const end = ends[count - 1]!;
    // No number ends in the middle of a group.
    if (ends[count] !== end + 1 && accepts(compact.slice(0, count))) return end;
  }
  return 0;
}
