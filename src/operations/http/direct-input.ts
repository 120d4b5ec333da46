import type { z } from 'zod';

/** Under this name a method on the hot path says what it is given. */
export const DIRECT_INPUT = 'assay:direct-input';

/** What a method on the hot path is given: a part of the request, checked against a schema unless that is null. */
export interface DirectInput {
  readonly place: 'body' | 'query';
  readonly schema: z.ZodType | null;
}
