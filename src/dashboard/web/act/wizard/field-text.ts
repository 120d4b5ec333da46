import { numberText } from '../../format/number-in.js';

/**
 * What a field shows for a value: nothing for what is so by default.
 *
 * @example chosen(100, '100') // ''
 */
export function chosen(value: string | number | null | undefined, byDefault?: string): string {
  if (value === null || value === undefined || String(value) === byDefault) return '';
  return typeof value === 'number' ? numberText(value) : value;
}

/** The fields that have a value. */
export function present(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** An object as a reader edits it; an empty one is an empty field. */
export function jsonText(fields: Readonly<Record<string, unknown>>): string {
  return Object.keys(fields).length > 0 ? JSON.stringify(fields, null, 2) : '';
}

/** Whether two values are written the same as JSON. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
