import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Bounds of |got − expected|; a key other than these three holds the bounds of the field of that name. */
interface Tolerance {
  readonly abs?: number;
  readonly rel?: number;
  /** Expected values larger than this are beyond what the source program computes. */
  readonly ignore_above?: number;
}

export interface ReferenceCase {
  readonly id: string;
  readonly kind: string;
  readonly source: string;
  readonly inputs: unknown;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly tolerance: Tolerance | Readonly<Record<string, Tolerance>> | null;
}

/** The published or independently computed cases of one family. */
export function referenceCases(file: string): readonly ReferenceCase[] {
  const path = join(import.meta.dirname, 'reference', `${file}.json`);
  return (JSON.parse(readFileSync(path, 'utf8')) as { cases: ReferenceCase[] }).cases;
}

/** Where `got` misses `expected` by more than the tolerance: one line per number, none when it agrees. */
export function disagreements(got: unknown, { expected, tolerance }: ReferenceCase): string[] {
  return Object.entries(expected).flatMap(([field, value]) =>
    compare(field, (got as Record<string, unknown>)[field], value, toleranceOf(tolerance, field)),
  );
}

function toleranceOf(tolerance: ReferenceCase['tolerance'], field: string): Tolerance {
  if (tolerance === null) return {};
  const own = (tolerance as Record<string, Tolerance | undefined>)[field];
  return typeof own === 'object' ? own : tolerance;
}

function compare(path: string, got: unknown, expected: unknown, tolerance: Tolerance): string[] {
  if (Array.isArray(expected) && Array.isArray(got)) {
    if (got.length !== expected.length)
      return [`${path}: ${got.length} entries, expected ${expected.length}`];
    return expected.flatMap((value, i) => compare(`${path}[${i}]`, got[i], value, tolerance));
  }
  if (typeof expected === 'object' && expected !== null && typeof got === 'object' && got !== null) {
    return Object.entries(expected).flatMap(([key, value]) =>
      compare(`${path}.${key}`, (got as Record<string, unknown>)[key], value, tolerance),
    );
  }
  if (typeof expected !== 'number') {
    return Object.is(got, expected) ? [] : [`${path}: ${String(got)}, expected ${String(expected)}`];
  }
  if (tolerance.ignore_above !== undefined && expected > tolerance.ignore_above) return [];
  const allowed = (tolerance.abs ?? 0) + (tolerance.rel ?? 0) * Math.abs(expected);
  const close = typeof got === 'number' && Math.abs(got - expected) <= allowed;
  return close ? [] : [`${path}: ${String(got)}, expected ${expected} within ${allowed}`];
}
