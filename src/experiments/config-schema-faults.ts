import { z } from 'zod';
import type { Fault } from '../operations/assay-error.js';
import { schemaFaults } from '../operations/problem/read-input.js';
import { inOurWords } from '../operations/problem/schema-words.js';
import type { Experiment } from './experiment.js';

/** Keywords whose expressions a text could keep busy for as long as it likes. */
const unsafeKeywords: ReadonlySet<string> = new Set(['pattern', 'patternProperties']);
/** Keywords that the library checks only in a schema of type "object". */
const objectKeywords = ['properties', 'required', 'additionalProperties'];
/** Below these lie values, not schemas. */
const valueKeywords: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'examples']);
/** Below these lie schemas by names of the user's. */
const nameKeywords: ReadonlySet<string> = new Set(['properties', '$defs', 'definitions']);

type Checked = Pick<Experiment, 'configSchema' | 'variants' | 'fallback'>;

/**
 * Where a variant's config, or the fallback, is not what the experiment's JSON schema asks for.
 *
 * @example configSchemaFaults({ configSchema: { required: ['model'] }, variants, fallback: {} })[0]?.pointer // '/fallback'
 */
export function configSchemaFaults({ configSchema, variants, fallback }: Checked): Fault[] {
  if (configSchema === null) return [];
  const typed = { type: 'object', ...configSchema };
  const unsupported = unsupportedKeyword(typed, '/configSchema');
  if (unsupported) return [unsupported];
  const schema = compiled(typed);
  if (typeof schema === 'string') {
    return [{ pointer: '/configSchema', message: `it is no JSON schema that can be checked: ${schema}` }];
  }
  return [
    ...variants.flatMap(({ config }, place) => faultsOf(schema, config, `/variants/${place}/config`)),
    ...faultsOf(schema, fallback, '/fallback'),
  ];
}

function compiled(configSchema: Readonly<Record<string, unknown>>): z.ZodType | string {
  try {
    return z.fromJSONSchema(configSchema);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function faultsOf(schema: z.ZodType, config: unknown, pointer: string): Fault[] {
  const issues = schema.safeParse(config, inOurWords).error?.issues ?? [];
  return issues.flatMap((issue) =>
    schemaFaults(issue, config).map((fault) => ({
      pointer: `${pointer}${fault.pointer}`,
      message: `${fault.message}, says configSchema`,
    })),
  );
}

/** The first keyword that would not be checked as it is meant. A property may well have its name. */
function unsupportedKeyword(schema: unknown, pointer: string): Fault | null {
  if (schema === null || typeof schema !== 'object') return null;
  const keys = Object.keys(schema);
  const unsafe = keys.find((key) => unsafeKeywords.has(key));
  if (unsafe !== undefined) {
    const message = 'patterns are not supported here; use enum, const, minLength or maxLength';
    return { pointer: `${pointer}/${unsafe}`, message };
  }
  if (!('type' in schema) && objectKeywords.some((key) => keys.includes(key))) {
    return { pointer, message: 'say "type": "object" beside properties, required and additionalProperties' };
  }
  for (const [key, value] of Object.entries(schema) as [string, unknown][]) {
    if (valueKeywords.has(key) || value === null || typeof value !== 'object') continue;
    const named: (readonly [string, unknown])[] =
      nameKeywords.has(key) || Array.isArray(value) ? Object.entries(value) : [['', value] as const];
    for (const [name, inner] of named) {
      const place = name === '' ? key : `${key}/${escaped(name)}`;
      const found = unsupportedKeyword(inner, `${pointer}/${place}`);
      if (found) return found;
    }
  }
  return null;
}

function escaped(step: PropertyKey): string {
  return String(step).replaceAll('~', '~0').replaceAll('/', '~1');
}
