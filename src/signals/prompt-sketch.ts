const shingleLength = 5;
const sketchSize = 128;
/** Of longer prompts the beginning and the end are looked at, this many characters of each. */
const longestPart = 4_096;
/** "yes", "go on": said twice, it is a conversation that goes on. */
const shortestPrompt = 12;

/**
 * A prompt by which it is recognized when it comes again, a little changed: the smallest hashes of its shingles, which
 * are all pieces of five characters. The text itself cannot be told from it.
 */
export type PromptSketch = Uint32Array;

/**
 * The sketch of a prompt; null for one of fewer than twelve characters. Case and white space make no difference.
 *
 * Source: A. Broder, "On the resemblance and containment of documents" (1997), section 4: the s smallest hashes.
 *
 * @example likeness(promptSketch('Summarize this text')!, promptSketch('summarize  this text')!) // 1
 */
export function promptSketch(prompt: string): PromptSketch | null {
  const looked =
    prompt.length <= 2 * longestPart ? prompt : prompt.slice(0, longestPart) + prompt.slice(-longestPart);
  const text = looked.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
  if (text.length < shortestPrompt) return null;
  const hashes = new Set<number>();
  for (let start = 0; start <= text.length - shingleLength; start++) hashes.add(shingleHash(text, start));
  return Uint32Array.from(hashes).sort().slice(0, sketchSize);
}

/**
 * The share of all shingles of two prompts that both have, as estimated from their sketches; exact for prompts of up to
 * 128 shingles. A letter changed in sixty leaves .84.
 *
 * @returns 0 (nothing in common) to 1 (the same)
 */
export function likeness(one: PromptSketch, other: PromptSketch): number {
  const size = Math.min(sketchSize, new Set([...one, ...other]).size);
  let [ofOne, ofOther, common, seen] = [0, 0, 0, 0];
  for (; seen < size && ofOne < one.length && ofOther < other.length; seen++) {
    const difference = one[ofOne]! - other[ofOther]!;
    if (difference === 0) common += 1;
    if (difference <= 0) ofOne += 1;
    if (difference >= 0) ofOther += 1;
  }
  return common / size;
}

/** FNV-1a with the finish of MurmurHash3, so that the smallest are a fair sample. */
function shingleHash(text: string, start: number): number {
  let hash = 0x811c9dc5;
  for (let index = start; index < start + shingleLength; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
