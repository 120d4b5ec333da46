/**
 * Whether whoever asks has the present representation already, by their `If-None-Match`: `*`, or a list with its tag, weak or not
 * (RFC 9110, 13.1.2). Then the answer to a GET is 304 without a body.
 *
 * @param tag as `ETag` carries it
 * @example isKnown('W/"3", "4"', '"3"'); // true
 */
export function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const strong = (text: string) => text.trim().replace(/^W\//, '');
  return ifNoneMatch.split(',').map(strong).includes(strong(tag));
}
