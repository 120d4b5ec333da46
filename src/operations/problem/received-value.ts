const LONGEST_SHOWN = 60;
const SECRET_NAME = /secret|password|token|authorization|credential|api.?key/i;

/**
 * A value from a request as an error message may repeat it: JSON, cut short, and nothing under a secret-sounding name.
 *
 * @example receivedValue(['weight'], -1) // '-1'
 * @example receivedValue(['token'], 'v1.abc') // 'a hidden string of 6 characters'
 */
export function receivedValue(path: readonly PropertyKey[], value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (path.some((step) => SECRET_NAME.test(String(step)))) {
    return typeof value === 'string' ? `a hidden string of ${value.length} characters` : 'a hidden value';
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return `an object of ${Object.keys(value).length} fields`;
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** The value found by following the path from the root; undefined where the path leaves it. */
export function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    return (value as Record<PropertyKey, unknown>)[step];
  }, root);
}
