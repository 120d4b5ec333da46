/**
 * What was typed as JSON; undefined where nothing was, or where it is none, which is reported.
 *
 * @param example what is proposed instead of what cannot be read
 * @example jsonIn('{"topP": 0.9}', '{"topP": 0.9}', report) // { topP: 0.9 }
 */
export function jsonIn(
  text: string,
  example: string,
  report: (message: string) => void,
): Readonly<Record<string, unknown>> | undefined {
  if (text.trim() === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Readonly<Record<string, unknown>>;
    report(`is no JSON object; write one such as ${example}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    report(`is no JSON: ${why}; write an object such as ${example}`);
  }
  return undefined;
}

/**
 * Fields beside those that have a place of their own: the one that was given both ways is reported.
 *
 * @example beside({ every: 'PT1H' }, '{"every": "P1D"}', '{"segments": …}', report) // reports "every"
 */
export function beside(
  own: Readonly<Record<string, unknown>>,
  text: string,
  example: string,
  report: (message: string) => void,
): Readonly<Record<string, unknown>> {
  const others = jsonIn(text, example, report) ?? {};
  const twice = Object.keys(others).find((name) => Object.hasOwn(own, name) && own[name] !== undefined);
  if (twice === undefined) return { ...own, ...others };
  report(`"${twice}" has a field of its own above; take it out here`);
  return own;
}
