import { enclosingSegments, segmentName } from '../experiments/segment.js';

/** Units of one variant with the same values of the declared attributes, up to the first that they lack. */
export interface PathCount {
  readonly variant: string;
  readonly values: readonly string[];
  readonly units: number;
}

/** A segment that is no leaf yet, with the units that it would serve as one. */
export interface LeafCandidate {
  readonly segment: string;
  /** How many attributes it is made of. */
  readonly depth: number;
  /** In the variants' order; without those in leaves further down. */
  readonly units: readonly number[];
}

/** What candidates are made from. */
export interface LeafQuestion {
  readonly attributes: readonly string[];
  readonly variants: readonly string[];
  readonly counts: readonly PathCount[];
  /** Names of the leaves that there are. */
  readonly leaves: readonly string[];
}

/**
 * Every segment that might become a leaf: the deepest first, then the one with the most units, then by name.
 *
 * @example leafCandidates(question)[0]; // { segment: 'language=de', depth: 1, units: [212, 198] }
 */
export function leafCandidates({ attributes, variants, counts, leaves }: LeafQuestion): LeafCandidate[] {
  const open = new Set(leaves);
  const units = new Map<string, { depth: number; units: number[] }>();
  for (const count of counts) {
    const place = variants.indexOf(count.variant);
    if (place < 0 || count.values.length === 0) continue;
    for (const segment of outsideLeaves(segmentName(attributes, count.values), open)) {
      const known = units.get(segment) ?? {
        depth: segment.split('/').length,
        units: variants.map(() => 0),
      };
      known.units[place] = (known.units[place] ?? 0) + count.units;
      units.set(segment, known);
    }
  }
  return [...units]
    .map(([segment, known]) => ({ segment, ...known }))
    .sort(
      (one, other) =>
        other.depth - one.depth || total(other) - total(one) || (one.segment < other.segment ? -1 : 1),
    );
}

/** The segments from a path up to the nearest leaf on it, which serves the path's units already. */
function outsideLeaves(path: string, open: ReadonlySet<string>): string[] {
  const upwards = [path, ...enclosingSegments(path).slice(1).reverse()];
  const nearest = upwards.findIndex((segment) => open.has(segment));
  return nearest === -1 ? upwards : upwards.slice(0, nearest);
}

function total({ units }: LeafCandidate): number {
  return units.reduce((sum, count) => sum + count, 0);
}
