import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';

/** Leave to be served a variant by hand: which, in which experiment, until when. */
export interface ForcePass {
  readonly experiment: string;
  readonly variant: string;
  readonly expiresAt: Date;
}

/** The header of a request to a decorated route that carries passes. */
export const forceHeader = 'Assay-Force';

const passPattern = /^([a-zA-Z0-9_.-]{1,64})~([a-zA-Z0-9_.-]{1,64})~(\d{1,12})~([a-zA-Z0-9_-]{43})$/;
/** More than one request needs; what follows is not read. */
const mostPasses = 16;

/**
 * A pass as the text of a header: `experiment~variant~seconds~signature`.
 *
 * @example signForcePass(key, { experiment: 'greeting', variant: 'warm', expiresAt })
 */
export function signForcePass(key: KeyObject, { experiment, variant, expiresAt }: ForcePass): string {
  const claim = `${experiment}~${variant}~${Math.floor(expiresAt.getTime() / 1_000)}`;
  return `${claim}~${signature(key, claim).toString('base64url')}`;
}

/**
 * The variant that the header of a request may have in an experiment; undefined without a pass that is genuine, of this
 * experiment and not expired. Several passes stand with commas between them.
 *
 * @param keys any of which may have signed
 */
export function forcedByHeader(
  keys: readonly KeyObject[],
  header: string,
  experiment: string,
  now: Date,
): string | undefined {
  for (const text of header.split(',', mostPasses)) {
    const [, of, variant, seconds, claimed] = passPattern.exec(text.trim()) ?? [];
    if (of !== experiment || Number(seconds) * 1_000 <= now.getTime()) continue;
    const proof = Buffer.from(claimed ?? '', 'base64url');
    const claim = `${of}~${variant}~${seconds}`;
    if (keys.some((key) => timingSafeEqual(signature(key, claim), proof))) return variant;
  }
  return undefined;
}

/** No key of an experiment has a colon, so that no exposure token can pass for this, nor this for one. */
function signature(key: KeyObject, claim: string): Buffer {
  return createHmac('sha256', key).update(`force:${claim}`).digest();
}
