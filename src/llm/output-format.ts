import { z } from 'zod';

/** A JSON schema, as a config declares it under `outputSchema`. */
export type OutputSchema = Readonly<Record<string, unknown>>;

const compiled = new WeakMap<OutputSchema, z.ZodType>();

/** Why this is no JSON schema that can be checked; `null` when it is one. */
export function outputSchemaFault(schema: OutputSchema): string | null {
  try {
    checkerOf(schema);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Whether a whole answer is not JSON of that schema, as it stands: text around it, such as a Markdown fence, is a violation
 * too, since whoever reads the answer as JSON fails on it.
 *
 * @example violatesFormat({ type: 'object', required: ['title'] }, '{"title":"Water"}') // false
 */
export function violatesFormat(schema: OutputSchema, text: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return true;
  }
  return !checkerOf(schema).safeParse(value).success;
}

function checkerOf(schema: OutputSchema): z.ZodType {
  const known = compiled.get(schema);
  if (known) return known;
  const checker = z.fromJSONSchema(schema);
  compiled.set(schema, checker);
  return checker;
}
