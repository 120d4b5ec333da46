import { z } from 'zod';
import { budgetActions } from './budget.js';

const dollars = z.number().positive().max(1e12);

/** A budget as it is sent: with one bound at least. */
export const budget = z
  .strictObject({
    total: dollars.optional(),
    perDay: dollars.optional(),
    action: z.enum(budgetActions),
  })
  .refine(({ total, perDay }) => total !== undefined || perDay !== undefined, {
    message: 'give "total", "perDay" or both, in US dollars',
  });
