import type { Fault } from '../assay-error.js';

/** The deepest nesting of objects and lists that is accepted. */
export const DEEPEST_NESTING = 32;

/** No more faults than these are collected: an attacker's body is not worth a complete list. */
const MOST_FAULTS = 20;

/** A JSON pointer one step further down (RFC 6901: `~` and `/` are escaped). */
export function pointerTo(parent: string, step: PropertyKey): string {
  return `${parent}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function textFault(text: string): string | undefined {
  if (text.includes('\0')) return 'holds a NUL character (\\u0000), which no database stores; remove it';
  if (!text.isWellFormed())
    return 'holds half a surrogate pair, which is no character; send well-formed Unicode';
  return undefined;
}

function keyFault(key: string, value: unknown): string | undefined {
  if (key === '__proto__') return 'is a forbidden name; remove it';
  const poisons =
    key === 'constructor' && typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
  return poisons ? 'is a forbidden name when it holds "prototype"; remove it' : textFault(key);
}

function scalarFault(value: unknown): string | undefined {
  if (typeof value === 'string') return textFault(value);
  const isTooLarge = typeof value === 'number' && !Number.isFinite(value);
  return isTooLarge
    ? 'is no finite number (received one beyond ±1.8e308); send a number that a double can hold'
    : undefined;
}

/**
 * What makes parsed input unsafe to pass on, whatever its schema: NUL characters and broken Unicode in names or text,
 * names that poison prototypes, numbers that overflowed, nesting beyond {@link DEEPEST_NESTING}.
 *
 * @example inspectInput({ name: 'a\0b' }) // [{ pointer: '/name', message: 'holds a NUL character …' }]
 */
export function inspectInput(input: unknown): Fault[] {
  // Nearly every request is as it should be: only one that is not is worth its places being put together.
  if (isSafe(input, 0)) return [];
  const faults: Fault[] = [];
  const visit = (value: unknown, pointer: string, depth: number): void => {
    if (faults.length >= MOST_FAULTS) return;
    if (typeof value !== 'object' || value === null) {
      const message = scalarFault(value);
      if (message) faults.push({ pointer, message });
      return;
    }
    if (depth >= DEEPEST_NESTING) {
      faults.push({ pointer, message: `is nested deeper than ${DEEPEST_NESTING} levels; flatten it` });
      return;
    }
    for (const key of Object.keys(value)) {
      const child = (value as Record<string, unknown>)[key];
      const message = Array.isArray(value) ? undefined : keyFault(key, child);
      if (message) faults.push({ pointer: pointerTo(pointer, key), message });
      else visit(child, pointerTo(pointer, key), depth + 1);
    }
  };
  visit(input, '', 0);
  return faults;
}

function isSafe(input: unknown, depth: number): boolean {
  if (typeof input !== 'object' || input === null) return scalarFault(input) === undefined;
  if (depth >= DEEPEST_NESTING) return false;
  if (Array.isArray(input)) return input.every((item) => isSafe(item, depth + 1));
  for (const key of Object.keys(input)) {
    const value = (input as Record<string, unknown>)[key];
    if (keyFault(key, value) !== undefined || !isSafe(value, depth + 1)) return false;
  }
  return true;
}
