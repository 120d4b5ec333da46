/**
 * Whether a browser takes Brotli, by its `Accept-Encoding` header (RFC 9110, section 12.5.3).
 *
 * @example acceptsBrotli('gzip, br;q=0') // false
 */
export function acceptsBrotli(header: string | undefined): boolean {
  const codings = (header ?? '').split(',').map((coding) => coding.trim().toLowerCase());
  return codings.some((coding) => /^br(\s*;|$)/.test(coding) && !/;\s*q=0(\.0*)?$/.test(coding));
}
