import type { z } from 'zod';
import { MalformedAnswer } from './failure.js';

/**
 * What a provider sent, read as what its API promises.
 *
 * @param what was received: `message`
 * @param api that promises it: `the Messages API`
 * @throws MalformedAnswer naming the first field that is wrong
 */
export function readShape<T>(schema: z.ZodType<T>, received: unknown, what: string, api: string): T {
  const parsed = schema.safeParse(received);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  const where =
    first === undefined ? '' : `: ${first.path.join('.') || 'the whole'} is wrong (${first.message})`;
  throw new MalformedAnswer(`The ${what} does not have the shape of ${api}${where}`);
}
