import { z } from 'zod';

const form = /^[a-zA-Z0-9_.-]{1,64}$/;
const formInWords = 'use 1 to 64 letters, digits, "_", "." or "-"';

/** Key of an experiment, a variant or a layer. */
export const experimentKey = z.string().regex(form, formInWords);

/** The same, where the refusal of a body without one says what it is for. */
export const experimentKeyFor = (purpose: string) =>
  z.string({ error: ({ input }) => (input === undefined ? purpose : undefined) }).regex(form, formInWords);
