import type { Random } from '../llm/simulated/seeded-random.js';

const subjects = [
  'The export to CSV stops at row 1,042 for one customer',
  'Invoices of March show the old address',
  'Signing in with a security key fails on the second screen',
  'The monthly report arrives twice',
  'Search finds nothing when a name holds an apostrophe',
  'A refund was booked, but the mail about it never came',
  'The calendar shows meetings of another time zone',
  'Uploading a photo from a phone turns it on its side',
];
const findings = [
  'Support could repeat it with the same account.',
  'It began after the update of last Tuesday.',
  'Two more customers wrote about it today.',
  'Nothing in the log points to the cause.',
  'The team found a missing check and has a fix ready.',
];
const wishes = [
  'Please call the customer back before Thursday.',
  'Send the corrected file within two hours.',
  'Please add a warning before this begins again.',
  'The customer asks for a date by which it will work.',
  'Ask finance whether the amount may be credited.',
];

/**
 * A text that a made-up user sends.
 *
 * @example requestText(seededRandom('a')) // 'The monthly report arrives twice. It began after …'
 */
export function requestText(random: Random): string {
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? '';
  const number = 1000 + Math.floor(random() * 9000);
  return `Ticket ${number}. ${pick(subjects)}. ${pick(findings)} ${pick(findings)} ${pick(wishes)}`;
}
