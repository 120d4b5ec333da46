import { acceptedLength, isCardNumber, isIban } from './check-digits.js';

/** Something that is taken out of texts wherever it is found. */
interface Detector {
  /** What stands in its place, in square brackets. */
  readonly name: string;
  /** Bounded everywhere and begun at edges of words alone: no text keeps it busy for long. */
  readonly pattern: RegExp;
  /** How many characters of a match are meant; all, unless said otherwise. */
  readonly length?: (match: string) => number;
}

const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';

const keys = [
  'sk[-_][\\w-]{16,}',
  '(?:pk|rk)_(?:live|test)_\\w{16,}',
  '(?:AKIA|ASIA)[A-Z0-9]{16}',
  'gh[pousr]_\\w{20,}',
  'github_pat_\\w{20,}',
  'glpat-[\\w-]{16,}',
  'hf_\\w{20,}',
  'npm_\\w{30,}',
  'xox[abprs]-[\\w-]{10,}',
  'AIza[\\w-]{30,}',
  'eyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]{8,}',
].join('|');

/** In the order in which they are asked: the more particular first. */
const detectors: readonly Detector[] = [
  {
    name: 'private key',
    pattern: /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]{0,8000}(?:-----END [A-Z ]{0,20}PRIVATE KEY-----)?/g,
  },
  { name: 'api key', pattern: new RegExp(`(?<![\\w-])(?:${keys})`, 'g') },
  { name: 'api key', pattern: /(?<=\bBearer {1,4})[\w.~+/-]{16,}={0,2}/gi },
  {
    name: 'e-mail',
    pattern: /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu,
  },
  {
    name: 'iban',
    pattern: /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}/gi,
    length: (match) => acceptedLength(match, isIban),
  },
  {
    name: 'card',
    pattern: /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g,
    length: (match) => acceptedLength(match, isCardNumber),
  },
  { name: 'ip', pattern: new RegExp(`(?<![\\w.])(?:${octet}\\.){3}${octet}(?!\\w|\\.\\d)`, 'g') },
  {
    name: 'ip',
    pattern: /(?<![\w:])(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}(?![\w:])/gi,
    length: (match) => (isAddress(match) ? match.length : 0),
  },
  { name: 'phone', pattern: /(?<![\w+])(?:\+|00)[1-9](?:[ ()./-]{0,2}\d){6,14}(?!\d)/g },
  { name: 'phone', pattern: /(?<![\w.-])\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}(?![\w-])/g },
  {
    name: 'phone',
    pattern: /(?<![\w.-])\(?0\d{1,4}\)?[ /-]{1,3}\d{2}(?:[ -]?\d){3,10}(?!\w)/g,
    length: (match) => (match.replace(/\D/g, '').length >= 9 ? match.length : 0),
  },
];

/**
 * A text without what points at a person or opens a door: e-mail and IP addresses, phone and card numbers (Luhn), IBANs
 * (check digits), API and private keys.
 *
 * @example withoutPersonalData('Write to ada@example.com') // 'Write to [e-mail]'
 */
export function withoutPersonalData(text: string): string {
  return detectors.reduce(replaced, text);
}

function replaced(text: string, { name, pattern, length }: Detector): string {
  const parts: string[] = [];
  let done = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const meant = length ? length(match[0]) : match[0].length;
    if (meant === 0) {
      // Another may begin inside of what was none.
      pattern.lastIndex = match.index + 1;
      continue;
    }
    parts.push(text.slice(done, match.index), `[${name}]`);
    done = match.index + meant;
    pattern.lastIndex = done;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(done);
}

/** An IPv6 address: eight groups, or fewer with one gap. Without a digit it is more likely a name in a program. */
function isAddress(text: string): boolean {
  if (!/\d/.test(text)) return false;
  const gaps = text.split('::').length - 1;
  const groups = text.split(':').filter((group) => group !== '').length;
  return groups > 0 && (gaps === 1 ? groups < 8 && !text.includes(':::') : gaps === 0 && groups === 8);
}
