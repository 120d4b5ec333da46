const names = new Map<string, string>();

/**
 * Marks a statement that runs often: each connection plans it once, where planning it every time would cost more than a small
 * batch. It is run as any other.
 *
 * @param name stays the same for the statement, and is no other's
 * @example const addHealth = prepared('add-health', 'INSERT INTO …');
 */
export function prepared(name: string, text: string): string {
  names.set(text, `assay-${name}`);
  return text;
}

/** The name of a statement whose plan a connection keeps; undefined for those that are planned every time. */
export function preparedName(text: string): string | undefined {
  return names.get(text);
}
