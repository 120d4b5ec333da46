import { z } from 'zod';
import { experimentKey } from './experiment-key.schema.js';

/** Variant by unit id, as served to people who look at it. */
export const forced = z
  .record(z.string().min(1).max(256), experimentKey)
  .refine((units) => Object.keys(units).length <= 1_000, { message: 'at most 1000 units can be forced' });

/**
 * A percentage of units, told apart in 10,000 slots: none, all, or a share that leaves at least one slot on either side. One
 * closer to 0 or 100 would become these.
 */
export const percentage = z
  .number()
  .min(0)
  .max(100)
  .refine((percent) => percent === 0 || percent === 100 || (percent >= 0.01 && percent <= 99.99), {
    error: ({ input }) =>
      `${String(input)} is closer to none or all than one of the 10,000 slots, 0.01 %; give 0, 100, or 0.01 to 99.99`,
  });

/** The part of a layer's units that an experiment asks for. */
export const layer = z.strictObject({
  key: experimentKey,
  percent: z.number().min(0.01, 'one of the 10,000 slots is 0.01 %').max(100),
});
