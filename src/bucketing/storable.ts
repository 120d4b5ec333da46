/** What PostgreSQL's text and jsonb cannot hold: NUL, and half of a surrogate pair. */
const unstorable = /[\0\p{Surrogate}]/u;
const everyUnstorable = new RegExp(unstorable, 'gu');
/** The same as JSON writes it, and a few texts that only look like it. */
const escaped = /\\u(0000|d[89a-f])/;

/**
 * A unit's id as it can be stored; null where no database could hold it, for a changed one would be somebody else's.
 *
 * @example storableId('user-1') // 'user-1'
 */
export function storableId(id: string | null): string | null {
  return id !== null && unstorable.test(id) ? null : id;
}

/**
 * What is known of a unit, as it can be stored: U+FFFD for every character that cannot be; null for what is no JSON.
 *
 * @example storableAttributes({ plan: 'pro\0' }) // { plan: 'pro\ufffd' }
 */
export function storableAttributes(
  attributes: Readonly<Record<string, unknown>> | null,
): Readonly<Record<string, unknown>> | null {
  if (attributes === null) return null;
  try {
    const text = JSON.stringify(attributes);
    return escaped.test(text) ? (replaced(JSON.parse(text)) as Record<string, unknown>) : attributes;
  } catch {
    // A number beyond JSON's, or an object inside itself.
    return null;
  }
}

function replaced(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(everyUnstorable, '\ufffd');
  if (Array.isArray(value)) return value.map(replaced);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map((entry) => entry.map(replaced) as [string, unknown]));
}
