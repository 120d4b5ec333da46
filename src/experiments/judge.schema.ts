import { z } from 'zod';
import { metricKey } from '../catalogue/metric.schema.js';

const rubric = z.string().trim().min(1).max(20_000);
const samplingRate = z.number().gt(0).max(1).default(0.1);

/** A judge as it is sent. */
export const judge = z.strictObject({
  metric: metricKey.default('quality_score'),
  rubric,
  config: z.record(z.string().max(128), z.unknown()).default({}),
  samplingRate,
  scale: z
    .strictObject({ min: z.number(), max: z.number() })
    .refine(({ min, max }) => min < max, { path: ['max'], message: 'max must be greater than min' })
    .default({ min: 1, max: 5 }),
  budgetUsdPerDay: z.number().positive().max(1e9).nullable().default(10),
  pairwise: z
    .strictObject({ rubric: rubric.nullable().default(null), samplingRate })
    .nullable()
    .default(null),
});
