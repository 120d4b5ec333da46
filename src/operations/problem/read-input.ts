import type { z } from 'zod';
import { AssayError, type Fault } from '../assay-error.js';
import { faultSummary } from './fault-summary.js';
import { inspectInput, pointerTo } from './input-inspection.js';
import { receivedValue, valueAt } from './received-value.js';
import { inOurWords } from './schema-words.js';

/** The part of a Standard Schema that is needed here (standardschema.dev). */
interface Schema<Value> {
  readonly '~standard': {
    validate(value: unknown): Reading<Value> | Promise<Reading<Value>>;
  };
}

type Reading<Value> =
  { readonly value: Value; readonly issues?: undefined } | { readonly issues: readonly SchemaIssue[] };

/** One fault as any Standard Schema library reports it. */
interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  /** Of zod: what kind of fault it is. */
  readonly code?: string | undefined;
  /** Which fields a strict object of zod does not know. */
  readonly keys?: readonly string[];
}

/** A fault that a schema found, as it is answered: with the value received. */
export function schemaFaults(issue: SchemaIssue, input: unknown): Fault[] {
  const path = (issue.path ?? []).map((step) => (typeof step === 'object' ? step.key : step));
  const pointer = path.reduce<string>(pointerTo, '');
  if (issue.keys && issue.keys.length > 0) {
    const unknown = 'is no field that is known here; check its spelling or remove it';
    return issue.keys.map((key) => ({ pointer: pointerTo(pointer, key), message: unknown }));
  }
  // Of a name that cannot stand, the name was received and not what stands under it.
  const received = issue.code === 'invalid_key' ? path.at(-1) : valueAt(input, path);
  return [{ pointer, message: `${issue.message} (received ${receivedValue(path, received)})` }];
}

function refusal(place: string, faults: readonly Fault[]): AssayError {
  const detail = `The ${place} is not valid: ${faultSummary(faults)}. Correct what "errors" lists and send it again.`;
  return new AssayError('INVALID_REQUEST', detail, faults);
}

/** Where something stood in a request, in words. */
export const placeNames = {
  body: 'body',
  query: 'query string',
  param: 'path',
  custom: 'request',
} as const;

/**
 * What came with a request, if it is safe ({@link inspectInput}) and fits the schema; a promise of it only where the schema
 * asks something itself.
 *
 * @param place where it stood in the request, in words
 * @throws AssayError INVALID_REQUEST: a JSON pointer, the reason and the value received for each fault
 * @example readInput({ unit: 'u1' }, AssignmentQuery, 'query string')
 */
export function readInput<Value>(
  input: unknown,
  schema: Schema<Value> | undefined,
  place: string,
): Value | Promise<Value> {
  const unsafe = inspectInput(input);
  if (unsafe.length > 0) throw refusal(place, unsafe);
  if (!schema) return input as Value;
  const reading = schema['~standard'].validate(input);
  return reading instanceof Promise
    ? reading.then((settled) => accepted(settled, input, schema, place))
    : accepted(reading, input, schema, place);
}

function accepted<Value>(
  reading: Reading<Value>,
  input: unknown,
  schema: Schema<Value>,
  place: string,
): Value {
  if (!reading.issues) return reading.value;
  const issues = retold(schema, input) ?? reading.issues;
  throw refusal(
    place,
    issues.flatMap((issue) => schemaFaults(issue, input)),
  );
}

/** What a schema of zod finds wrong in our words: only who is refused has it read twice. Others have words of their own. */
function retold(schema: object, input: unknown): readonly SchemaIssue[] | undefined {
  if (!('_zod' in schema)) return undefined;
  try {
    return (schema as z.ZodType).safeParse(input, inOurWords).error?.issues;
  } catch {
    return undefined;
  }
}
