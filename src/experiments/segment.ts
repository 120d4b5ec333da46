import type { Allocation } from './allocation.js';

/** Values longer than this are ids or texts, not segments. */
const longestValue = 64;

/** The segment that all units belong to. */
export const rootSegment = '';

/**
 * The name of the segment of units whose first attributes have these values: `language=de/plan=pro`, with what has a meaning
 * here or is not ASCII written as in a URL.
 *
 * @example segmentName(['language', 'plan'], ['de', 'pro']); // 'language=de/plan=pro'
 */
export function segmentName(attributes: readonly string[], values: readonly string[]): string {
  return values
    .map((value, place) => `${encodeURIComponent(attributes[place] ?? '')}=${encodeURIComponent(value)}`)
    .join('/');
}

/**
 * The values that an attribute-by-attribute walk takes: up to the first attribute that the unit lacks, or whose value makes no
 * segment.
 *
 * @example segmentValues(['language', 'plan'], { language: 'de' }); // ['de']
 */
export function segmentValues(
  attributes: readonly string[],
  known: Readonly<Record<string, unknown>>,
): string[] {
  const values: string[] = [];
  for (const attribute of attributes) {
    const value = segmentValue(known[attribute]);
    if (value === null) break;
    values.push(value);
  }
  return values;
}

/**
 * An attribute's value as it names a segment; null for one that makes none: nothing, an object, an empty or a long text.
 *
 * @example segmentValue(true); // 'true'
 */
export function segmentValue(value: unknown): string | null {
  if (typeof value === 'string') return isNameable(value) ? value : null;
  return typeof value === 'boolean' || Number.isFinite(value) ? String(value) : null;
}

/** Half of a surrogate pair cannot be written in a URL, nor stored. */
function isNameable(value: string): boolean {
  return value !== '' && value.length <= longestValue && value.isWellFormed();
}

/** The attributes and values that a segment's name is made of. */
export function segmentPath(segment: string): { readonly attributes: string[]; readonly values: string[] } {
  const parts = segment === rootSegment ? [] : segment.split('/').map((part) => part.split('='));
  return {
    attributes: parts.map(([attribute = '']) => decodeURIComponent(attribute)),
    values: parts.map(([, value = '']) => decodeURIComponent(value)),
  };
}

/** The segments that a segment lies in, from the root on, without itself. */
export function enclosingSegments(segment: string): string[] {
  if (segment === rootSegment) return [];
  const parts = segment.split('/');
  return [rootSegment, ...parts.slice(0, -1).map((_, place) => parts.slice(0, place + 1).join('/'))];
}

/** The attributes by which an allocation parts its units; none where everyone has the same weights. */
export function segmentAttributes(allocation: Allocation): readonly string[] {
  return allocation.mode === 'bandit' ? (allocation.segments?.attributes ?? []) : [];
}

/**
 * Whether a leaf of the experiment's past is one under this allocation: by the same attributes, in the same order.
 *
 * @example isLeafOf(allocation, 'language=de'); // true, where "segments" begins with "language"
 */
export function isLeafOf(allocation: Allocation, segment: string): boolean {
  if (segment === rootSegment) return false;
  const declared = segmentAttributes(allocation);
  return segmentPath(segment).attributes.every((attribute, place) => attribute === declared[place]);
}
