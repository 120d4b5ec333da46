import type { z } from 'zod';
import { AssayError } from '../operations/assay-error.js';
import { schemaFaults } from '../operations/problem/read-input.js';
import { inOurWords } from '../operations/problem/schema-words.js';

/**
 * What an application declares in code, as a request of it would be read.
 *
 * @param what such as `experiment`, for the message
 * @throws AssayError INVALID_CONFIGURATION with all faults
 * @example readDeclared(CreateMetric, 'metric', { key: 'tone', kind: 'mean', direction: 'increase', category: 'quality' })
 */
export function readDeclared<Schema extends z.ZodType>(
  schema: Schema,
  what: string,
  definition: z.input<Schema> & { readonly key: string },
): z.output<Schema> {
  const result = schema.safeParse(definition, inOurWords);
  if (result.success) return result.data;
  const faults = result.error.issues.flatMap((issue) => schemaFaults(issue, definition));
  const told = faults.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
  throw new AssayError(
    'INVALID_CONFIGURATION',
    `The ${what} "${definition.key}" registered in code is not valid: ${told}.`,
    faults,
  );
}
